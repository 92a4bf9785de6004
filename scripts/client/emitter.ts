/** Listeners by the name of their event. */

type Listener<Args extends unknown[]> = (...args: Args) => void;

/** @typeParam Events the arguments of each event, by its name */
export class Emitter<Events extends { [Name in keyof Events]: unknown[] }> {
  readonly #listeners = new Map<keyof Events, { listener: Listener<never>; once: boolean }[]>();

  add<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>, once = false): void {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), { listener, once }]);
  }

  /** Takes off one of the times that a listener was added. */
  remove<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): void {
    const list = this.#listeners.get(name) ?? [];
    const at = list.findIndex((entry) => entry.listener === listener);
    if (at >= 0)
      this.#listeners.set(
        name,
        list.filter((_, place) => place !== at),
      );
  }

  has(name: keyof Events): boolean {
    return (this.#listeners.get(name)?.length ?? 0) > 0;
  }

  emit<Name extends keyof Events>(name: Name, ...args: Events[Name]): void {
    for (const { listener, once } of this.#listeners.get(name) ?? []) {
      if (once) this.remove(name, listener as Listener<Events[Name]>);
      (listener as Listener<Events[Name]>)(...args);
    }
  }
}
