/** Listeners by the name of their event. */

type Listener<Args extends unknown[]> = (...args: Args) => void;

/** @typeParam Events the arguments of each event, by its name */
export class Emitter<Events extends { [Name in keyof Events]: unknown[] }> {
  readonly #listeners = new Map<keyof Events, { listener: Listener<never>; once: boolean }[]>();

  add<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>, once = false): void {
    this.#of(name).push({ listener, once });
  }

  /** Takes off one of the times that a listener was added. */
  remove(name: keyof Events, listener: Listener<never>): void {
    const list = this.#of(name);
    const at = list.findIndex((entry) => entry.listener === listener);
    if (at >= 0) list.splice(at, 1);
  }

  has(name: keyof Events): boolean {
    return this.#of(name).length > 0;
  }

  emit<Name extends keyof Events>(name: Name, ...args: Events[Name]): void {
    // A copy, since listeners may be added and removed meanwhile.
    for (const { listener, once } of [...this.#of(name)]) {
      if (once) this.remove(name, listener);
      (listener as Listener<Events[Name]>)(...args);
    }
  }

  #of(name: keyof Events) {
    const list = this.#listeners.get(name) ?? [];
    this.#listeners.set(name, list);
    return list;
  }
}
