import type { Program } from '../../protocol/program'
import { cloudApi } from '../cloud'
import type { Router } from '../router/router'
import { appBaseInfoApi } from './app-base-info'
import { deviceApi } from './device'
import { interactionApi } from './interaction'
import { navigationApi } from './navigation'
import { networkApi } from './network'
import { paymentApi } from './payment'
import { storageApi } from './storage'
import { strict } from './strict'
import { subscribeMessageApi } from './subscribe-message'

/** Creates the `wx` of page code. */
export function createWx(router: Router, program: Program) {
  const members: Record<string, unknown> = {
    ...navigationApi(router),
    ...interactionApi,
    ...storageApi,
    ...deviceApi,
    ...appBaseInfoApi(program.darkmode),
    ...networkApi,
    ...paymentApi,
    ...subscribeMessageApi,
    getAccountInfoSync: () => ({
      miniProgram: { appId: program.appid, envVersion: 'develop', version: '' },
    }),
    cloud: strict('wx.cloud', cloudApi),
  }
  members.canIUse = (schema: string) => Object.hasOwn(members, schema.split('.')[0]!)
  return strict('wx', members)
}
