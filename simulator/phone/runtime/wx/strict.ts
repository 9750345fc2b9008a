/**
 * An object whose missing members are errors that name them: what this phone does not have must not
 * pass for something that does nothing.
 */
export function strict<T extends object>(name: string, members: T): T {
  return new Proxy(members, {
    get(target, key) {
      if (typeof key === 'symbol' || key in target) return Reflect.get(target, key) as unknown
      throw new Error(`${name}.${key} is not built into the simulator's phone`)
    },
  })
}
