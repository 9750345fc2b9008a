import { env } from '../config'

/** Connects to CloudBase; must run before any other call of wx.cloud. */
export function connect(): void {
  // Without an env, CloudBase uses the environment that was created first (wx.cloud.init).
  wx.cloud.init(env ? { env, traceUser: true } : { traceUser: true })
}
