// Command files reads the files of docs/scaling-out as those who run them do: kubernetes.yml strictly into the types of the
// Kubernetes API, compose.yml with the loader of Docker Compose.
//
//	files kubernetes FILE
//	files compose FILE
//
// It prints what it read and ends with 0, or says what is wrong and ends with 1.
package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/compose-spec/compose-go/v2/cli"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	policyv1 "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/yaml"
	strict "sigs.k8s.io/yaml"
)

func main() {
	if len(os.Args) != 3 {
		fail(errors.New("usage: files kubernetes|compose FILE"))
	}
	read := map[string]func(string) error{"kubernetes": kubernetes, "compose": compose}[os.Args[1]]
	if read == nil {
		fail(fmt.Errorf("%s is neither kubernetes nor compose", os.Args[1]))
	}
	if err := read(os.Args[2]); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// Unknown and doubled fields are errors, as with kubectl apply --validate=strict.
func kubernetes(file string) error {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{appsv1.AddToScheme, corev1.AddToScheme, policyv1.AddToScheme} {
		if err := add(scheme); err != nil {
			return err
		}
	}
	decoder := serializer.NewCodecFactory(scheme, serializer.EnableStrict).UniversalDeserializer()
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	documents := yaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(text)))
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		object, kind, err := decoder.Decode(document, nil, nil)
		if err != nil {
			return err
		}
		if err := consistent(object); err != nil {
			return fmt.Errorf("%s: %w", kind.Kind, err)
		}
		json, err := strict.Marshal(object)
		if err != nil {
			return err
		}
		fmt.Printf("---\n%s", json)
	}
}

// What the types allow and an API server refuses: names of volumes and labels that do not meet.
func consistent(object runtime.Object) error {
	switch workload := object.(type) {
	case *appsv1.Deployment:
		return meets(workload.Spec.Selector.MatchLabels, &workload.Spec.Template)
	case *appsv1.StatefulSet:
		return meets(workload.Spec.Selector.MatchLabels, &workload.Spec.Template)
	case *appsv1.DaemonSet:
		return meets(workload.Spec.Selector.MatchLabels, &workload.Spec.Template)
	}
	return nil
}

func meets(selector map[string]string, pod *corev1.PodTemplateSpec) error {
	for name, value := range selector {
		if pod.Labels[name] != value {
			return fmt.Errorf("its selector %s=%s does not select its own pods", name, value)
		}
	}
	volumes := map[string]bool{}
	for _, volume := range pod.Spec.Volumes {
		volumes[volume.Name] = true
	}
	for _, container := range pod.Spec.Containers {
		ports := map[string]bool{}
		for _, port := range container.Ports {
			ports[port.Name] = true
		}
		for _, mount := range container.VolumeMounts {
			if !volumes[mount.Name] {
				return fmt.Errorf("container %s mounts %s, which is no volume", container.Name, mount.Name)
			}
		}
		for _, probe := range []*corev1.Probe{container.ReadinessProbe, container.LivenessProbe, container.StartupProbe} {
			if probe != nil && probe.HTTPGet != nil && !ports[probe.HTTPGet.Port.String()] {
				return fmt.Errorf("container %s is probed at %s, which is no port", container.Name, probe.HTTPGet.Port.String())
			}
		}
	}
	return nil
}

// As docker compose config does: the schema, what stands for variables, what depends on what.
func compose(file string) error {
	options, err := cli.NewProjectOptions([]string{file}, cli.WithOsEnv, cli.WithName("scaling-out"),
		cli.WithWorkingDirectory(filepath.Dir(file)))
	if err != nil {
		return err
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return err
	}
	for _, service := range project.Services {
		for _, volume := range service.Volumes {
			if volume.Type == "bind" {
				if _, err := os.Stat(volume.Source); err != nil {
					return fmt.Errorf("%s mounts %s: %w", service.Name, filepath.Base(volume.Source), err)
				}
			}
		}
	}
	text, err := project.MarshalYAML()
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(text)
	return err
}
