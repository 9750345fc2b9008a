import { env } from '../config'

/** Connects to CloudBase; must run before any other call of wx.cloud. */
export function connect(): void {
  // Documented at wx.cloud.init: without an env the environment that was opened first is used.
  wx.cloud.init(env ? { env, traceUser: true } : { traceUser: true })
}
