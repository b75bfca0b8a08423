package io.spanloom.weave;

import java.util.List;

/**
 * What is woven into a method.
 *
 * @param enter describes the site to the bootstrap of the call at the beginning
 * @param captured the parameters that this call is given, by index
 * @param exit describes what is captured of the result; empty where nothing is
 * @param timing when the result is there
 */
record SiteCode(List<String> enter, List<Integer> captured, List<String> exit, ResultTiming timing) {}
