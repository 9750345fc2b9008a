import type { WeChatPayPort } from '../../cloudfunctions/pay/src/ports'
import { account, TERMS } from '../safety/support/merchant'

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

// wx-js-utils has no types in the program of the tests
const { wechatPay } = require('../../cloudfunctions/pay/src/adapters/wechat-pay') as {
  wechatPay(config: object): WeChatPayPort
}
const port = wechatPay({ terms: TERMS, key: account.key, p12: Buffer.alloc(0) })
const dies = (code: string) => Object.assign(new Error('the socket died'), { code })

beforeEach(() => {
  calls = 0
})

test.each(['ECONNRESET', 'EPIPE'])(
  'a call whose socket dies with %s is repeated once',
  async (code) => {
    failures = [dies(code)]
    expect(await port.orderquery('1')).toMatchObject({ err_code_des: 'answered' })
    expect(calls).toBe(2)
    failures = [dies(code), dies(code)]
    expect(await port.orderquery('1')).toEqual({ kind: 'unknown', why: code })
  },
)

test.each(['ETIMEDOUT', 'ENOTFOUND'])('%s is unknown at once', async (code) => {
  failures = [dies(code)]
  expect(await port.orderquery('1')).toEqual({ kind: 'unknown', why: code })
  expect(calls).toBe(1)
})
