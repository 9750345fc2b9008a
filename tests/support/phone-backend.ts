import type { PhoneBackend } from '../../simulator/phone'

/** A backend without CloudBase and WeChat Pay behind it, which says what it was asked. */
export class FakePhoneBackend implements PhoneBackend {
  readonly appid = 'wx5f0c0ffee0000001'
  readonly asked: string[] = []
  readonly stored = new Map<string, string>()

  callFunction: PhoneBackend['callFunction'] = async (shopper, name, data) => {
    // a plain object, as the simulated CloudBase rejects
    // oxlint-disable-next-line typescript/only-throw-error
    if (name === 'none')
      throw { errCode: -501000, errMsg: 'cloud.callFunction:fail no such function' }
    return { errMsg: 'cloud.callFunction:ok', result: { shopper, name, data }, requestID: '1' }
  }

  database: PhoneBackend['database'] = async (_shopper, { where }) => {
    return { errMsg: 'collection.get:ok', data: [{ at: { $date: 0 }, where }] }
  }

  tempFileURLs: PhoneBackend['tempFileURLs'] = async (_shopper, ids) => {
    const fileList = ids.map((fileID) => {
      return { fileID, tempFileURL: `/storage/${fileID}`, status: 0, errMsg: 'ok', maxAge: 7200 }
    })
    return { errMsg: 'cloud.getTempFileURL:ok', fileList }
  }

  storageFile(fileID: string) {
    return this.stored.get(fileID)
  }

  previewPayment: PhoneBackend['previewPayment'] = async (_shopper, { paySign }) => {
    if (paySign === 'good') return { ok: true, body: '鸡蛋干', total_fee: 1, merchantName: '小店' }
    return { ok: false, reason: '支付验证签名失败', detail: 'paySign is not what was signed' }
  }

  confirmPayment: PhoneBackend['confirmPayment'] = async (shopper) => {
    this.asked.push(`shopper ${shopper} paid`)
    return { ok: true }
  }

  subscribeTemplates(ids: string[]) {
    return ids.filter((id) => id === 'paid').map((id) => ({ id, title: '付款成功通知' }))
  }

  acceptSubscription: PhoneBackend['acceptSubscription'] = async (shopper, ids) => {
    this.asked.push(`shopper ${shopper} accepted ${ids.join()}`)
  }
}
