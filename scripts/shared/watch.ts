/** Runs a task again when a file that it depends on changes. */
import { existsSync, type FSWatcher, statSync, watch } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { setTimeout } from "node:timers/promises";
import { InputError } from "./input-error.ts";

/** Called before a file or folder is read that the task depends on. A folder includes everything in it. */
export type Follow = (path: string) => void;

/**
 * Runs a task, then again after each change to a file that it has followed, even one that was missing or broken. An
 * input error is printed, and the task runs again after the next change.
 *
 * @param waiting called after each run, with whether it succeeded
 * @returns never; a signal ends the process
 */
export async function repeatOnChange(
  task: (follow: Follow) => Promise<void>,
  waiting: (succeeded: boolean) => void,
): Promise<never> {
  let change = Promise.withResolvers<void>();
  let watchers = new Map<string, FSWatcher>();
  const followed = new Set<string>();
  /** Watches the folder, not the file: editors replace a file when they save it, and it may not exist yet. */
  const follow = (path: string) => {
    const absolute = resolve(path);
    followed.add(absolute);
    const whole = statSync(absolute, { throwIfNoEntry: false })?.isDirectory() ?? false;
    let folder = whole ? absolute : dirname(absolute);
    while (!existsSync(folder)) folder = dirname(folder);
    if (watchers.has(folder)) return;
    const watcher = watch(folder, { recursive: whole }, (_, name) => {
      const changed = join(folder, name ?? "");
      const touches = (known: string) =>
        known === changed || known.startsWith(changed + sep) || changed.startsWith(known + sep);
      if ([...followed].some(touches)) change.resolve();
    });
    watchers.set(folder, watcher);
  };

  for (;;) {
    change = Promise.withResolvers();
    const old = watchers;
    watchers = new Map();
    const succeeded = await task(follow).then(
      () => true,
      (error: unknown) => {
        if (!(error instanceof InputError)) throw error;
        process.stderr.write(`${error.message}\n`);
        return false;
      },
    );
    for (const watcher of old.values()) watcher.close();
    waiting(succeeded);
    await change.promise;
    // One save causes several events, and a change of branch causes many.
    await setTimeout(100);
  }
}
