/** Makes Date return the simulated time: the real time plus the clock's shared offset (ms). */
export function followClock(shared: SharedArrayBuffer): void {
  const offset = new Float64Array(shared)
  const realNow = Date.now
  Date.now = () => realNow() + offset[0]!
  globalThis.Date = new Proxy(Date, {
    apply: (target) => new target(target.now()).toString(),
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [target.now()] : args, newTarget) as Date,
  })
  Date.prototype.constructor = Date
}
