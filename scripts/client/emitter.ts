/** Listeners by the name of their event. */

type Listener<Args extends unknown[]> = (...args: Args) => void;

/** @typeParam Events the arguments of each event, by its name */
export class Emitter<Events extends { [Name in keyof Events]: unknown[] }> {
  readonly #listeners = new Map<keyof Events, { listener: Listener<never>; once: boolean }[]>();

  add<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>, once = false): void {
    const list = this.#listeners.get(name);
    if (list) list.push({ listener, once });
    else this.#listeners.set(name, [{ listener, once }]);
  }

  /** Takes off one of the times that a listener was added. */
  remove(name: keyof Events, listener: Listener<never>): void {
    const list = this.#listeners.get(name);
    const at = list?.findIndex((entry) => entry.listener === listener) ?? -1;
    if (at >= 0) list?.splice(at, 1);
  }

  has(name: keyof Events): boolean {
    return Boolean(this.#listeners.get(name)?.length);
  }

  emit<Name extends keyof Events>(name: Name, ...args: Events[Name]): void {
    // A copy, since listeners may be added and removed meanwhile.
    for (const { listener, once } of this.#listeners.get(name)?.slice() ?? []) {
      if (once) this.remove(name, listener);
      (listener as Listener<Events[Name]>)(...args);
    }
  }
}
