/** Long work in named steps, which a command can show while they run. */

/**
 * Runs one step of some work.
 *
 * @param summary says in a few words what came of it
 * @returns what the step returns; what it throws is thrown
 */
export type Step = <T>(name: string, run: () => Promise<T>, summary: (result: T) => string) => Promise<T>;

/** Runs a step and shows nothing. */
export const silently: Step = (_, run) => run();
