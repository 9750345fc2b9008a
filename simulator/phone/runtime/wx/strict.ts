/**
 * Wraps an object so that using a missing member throws an error with its name. Otherwise a function
 * that this phone lacks would silently be undefined.
 */
export function strict<T extends object>(name: string, members: T): T {
  return new Proxy(members, {
    get(target, key) {
      if (typeof key === 'symbol' || key in target) return Reflect.get(target, key) as unknown
      throw new Error(`${name}.${key} is not built into the simulator's phone`)
    },
  })
}
