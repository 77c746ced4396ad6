/**
 * The environment without what would reach into the copy: git's own variables, and those by which a test
 * runner speaks to the process that it started.
 */
export const cleanEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(GIT_|NODE_TEST_|NODE_OPTIONS$)/.test(name)),
  );
