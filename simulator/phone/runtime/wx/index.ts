import { cloudApi } from '../cloud'
import type { Router } from '../router/router'
import { deviceApi } from './device'
import { interactionApi } from './interaction'
import { navigationApi } from './navigation'
import { paymentApi } from './payment'
import { storageApi } from './storage'
import { strict } from './strict'
import { subscribeMessageApi } from './subscribe-message'

/** `wx` as page code has it. */
export function createWx(router: Router, appid: string) {
  const members: Record<string, unknown> = {
    ...navigationApi(router),
    ...interactionApi,
    ...storageApi,
    ...deviceApi,
    ...paymentApi,
    ...subscribeMessageApi,
    getAccountInfoSync: () => ({
      miniProgram: { appId: appid, envVersion: 'develop', version: '' },
    }),
    cloud: strict('wx.cloud', cloudApi),
  }
  members.canIUse = (schema: string) => Object.hasOwn(members, schema.split('.')[0]!)
  return strict('wx', members)
}
