import type { WeChatPayPort } from '../../cloudfunctions/pay/src/ports'
import { account, SETTINGS } from '../safety/simulation/merchant'

let failures: unknown[] = []
let calls = 0

jest.doMock('wx-js-utils/src/libs/WXPay', () => ({
  WXPay: class {
    async orderQuery() {
      calls++
      const failure = failures.shift()
      if (failure) throw failure
      return { return_code: 'FAIL', return_msg: 'answered' }
    }
  },
  WXPayUtil: { generateSignature: () => '' },
}))

// The tests are compiled without the types of wx-js-utils
const { wechatPay } = require('../../cloudfunctions/pay/src/adapters/wechat-pay') as {
  wechatPay(config: object): WeChatPayPort
}
const port = wechatPay({ settings: SETTINGS, key: account.key, p12: Buffer.alloc(0) })
const socketError = (code: string) => Object.assign(new Error('the socket died'), { code })

beforeEach(() => {
  calls = 0
})

test.each(['ECONNRESET', 'EPIPE'])('a call that fails with %s is retried once', async (code) => {
  failures = [socketError(code)]
  expect(await port.orderquery('1')).toMatchObject({ err_code_des: 'answered' })
  expect(calls).toBe(2)
  failures = [socketError(code), socketError(code)]
  expect(await port.orderquery('1')).toEqual({ kind: 'unknown', why: code })
})

test.each(['ETIMEDOUT', 'ENOTFOUND'])('a call that fails with %s is not retried', async (code) => {
  failures = [socketError(code)]
  expect(await port.orderquery('1')).toEqual({ kind: 'unknown', why: code })
  expect(calls).toBe(1)
})
