import type { DatabaseRequest } from '../../../cloudbase/client-protocol'
import type { Caller } from './call'

/** Reads or changes a collection (wx.cloud.database). */
export function database(request: DatabaseRequest, { openid, services }: Caller) {
  return services.cloud.client(openid).database(request)
}
