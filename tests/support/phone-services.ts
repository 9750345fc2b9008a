import type { PhoneServices } from '../../simulator/phone'

/* Plain objects, as the simulated CloudBase rejects with. */

const FAILURES: Record<string, { errCode: number; errMsg: string }> = {
  crashes: { errCode: -504002, errMsg: 'cloud.callFunction:fail RangeError: boom' },
  hangs: { errCode: -504003, errMsg: 'cloud.callFunction:fail timed out after 3 seconds' },
}
const DENIED = { errCode: -502003, errMsg: 'collection.get:fail permission denied' }

/** Fakes CloudBase and WeChat Pay for the phone, and records the shoppers' actions. */
export class FakePhoneServices implements PhoneServices {
  readonly appid = 'wx5f0c0ffee0000001'
  readonly asked: string[] = []
  readonly stored = new Map<string, string>()

  openidOf(shopper: number) {
    return String(shopper)
  }

  readonly cloud: PhoneServices['cloud'] = {
    client: (openid) => ({
      callFunction: async (name, data, report) => {
        const failure = FAILURES[name]
        if (name === 'crashes' || name === 'handles' || name === 'waits') {
          const code = name === 'waits' ? 'TIMEOUT' : ''
          report({ function: name, code, text: 'RangeError: boom\n    at main (src/index.ts:3:9)' })
        }
        // oxlint-disable-next-line typescript/only-throw-error
        if (failure !== undefined) throw failure
        // A plain object, as the simulated CloudBase rejects with
        // oxlint-disable-next-line typescript/only-throw-error
        if (name === 'none')
          throw { errCode: -501000, errMsg: 'cloud.callFunction:fail no such function' }
        const result = { shopper: Number(openid), name, data }
        return { errMsg: 'cloud.callFunction:ok', result, requestID: '1' }
      },
      database: async ({ collection, where }) => {
        // oxlint-disable-next-line typescript/only-throw-error
        if (collection === 'secrets') throw DENIED
        return { errMsg: 'collection.get:ok', data: [{ at: { $date: 0 }, where }] }
      },
      tempFileURLs: async (ids) => {
        const fileList = ids.map((fileID) => {
          const tempFileURL = `/storage/${fileID}`
          return { fileID, tempFileURL, status: 0, errMsg: 'ok', maxAge: 7200 }
        })
        return { errMsg: 'cloud.getTempFileURL:ok', fileList }
      },
    }),
    messages: {
      templates: [{ id: 'paid', title: '付款成功通知' }],
      accept: (openid, ids) => {
        this.asked.push(`shopper ${openid} accepted ${ids.join()}`)
      },
    },
    storage: { fileOf: (fileID) => this.stored.get(fileID) },
  }

  readonly payer: PhoneServices['payer'] = {
    preview: async (_openid, { paySign }) => {
      if (paySign === 'good')
        return { ok: true, body: '鸡蛋干', total_fee: 1, merchantName: '小店' }
      return { ok: false, code: '支付验证签名失败', reason: 'paySign is not what was signed' }
    },
    confirm: async (openid) => {
      this.asked.push(`shopper ${openid} paid`)
      return { ok: true }
    },
  }
}
