import type { Caller } from './call'

/** Calls a cloud function (wx.cloud.callFunction). */
export function callFunction(
  { name, data }: { name: string; data: unknown },
  { openid, services, report }: Caller,
) {
  return services.cloud.client(openid).callFunction(name, data, report)
}
