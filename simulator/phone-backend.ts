import type { CloudBase } from './cloudbase'
import type { PhoneBackend } from './phone'
import { APPID, openidOf } from './settings/identity'
import type { WeChatPay } from './wechat-pay'
import type { PaymentPreview, PaymentProblem } from './wechat-pay/payer'

/** What the phone in the browser reaches: CloudBase and WeChat Pay, as the shopper who holds it. */
export function phoneBackend(cloud: CloudBase, gateway: WeChatPay): PhoneBackend {
  const client = (shopper: number) => cloud.client(openidOf(shopper))
  return {
    appid: APPID,
    callFunction: (shopper, name, data) =>
      client(shopper).callFunction(name, data as Record<string, unknown>),
    database: async (shopper, request) => client(shopper).database(request),
    tempFileURLs: async (shopper, fileIDs) => client(shopper).tempFileURLs(fileIDs),
    storageFile: (fileID) => cloud.storage.fileOf(fileID),
    previewPayment: async (shopper, params) =>
      forPhone(gateway.payer.preview(openidOf(shopper), params)),
    confirmPayment: async (shopper, params) =>
      forPhone(gateway.payer.confirm(openidOf(shopper), params)),
    subscribeTemplates: (ids) => cloud.messages.templates.filter(({ id }) => ids.includes(id)),
    acceptSubscription: async (shopper, ids) => cloud.messages.accept(openidOf(shopper), ids),
  }
}

/** The phone shows a code, as WeChat does, and the developer the real cause beside it. */
function forPhone(found: PaymentPreview | PaymentProblem) {
  return found.ok ? found : { ok: false as const, reason: found.code, detail: found.reason }
}
