/** Named steps of long work, so that a command can show progress. */

/**
 * Runs one step of some work.
 *
 * @param summary describes the result in a few words
 * @returns what the step returns; what it throws is thrown
 */
export type Step = <T>(name: string, run: () => Promise<T>, summary: (result: T) => string) => Promise<T>;

/** Runs a step and shows nothing. */
export const silently: Step = (_, run) => run();
