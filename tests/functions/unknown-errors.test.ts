import { handleCall } from '../../cloudfunctions/pay/src/handle-call'

/* What the log says about an error that nobody foresaw. */

const send = jest.fn()
jest.doMock('wx-server-sdk', () => ({
  init() {},
  getWXContext: () => ({ SOURCE: 'wx_client,scf' }),
  openapi: { subscribeMessage: { send } },
}))

const HERE = String.raw`unknown-errors\.test\.ts:\d+:\d+`

function failAt(frames: string[]): never {
  const stack = ['TypeError: a secret', ...frames.map((frame) => `    ${frame}`)].join('\n')
  throw Object.assign(new TypeError('a secret'), { stack })
}

test.each<[what: string, fail: () => never, log: RegExp]>([
  [
    'its name and place, without its message',
    () => {
      throw new RangeError('a secret')
    },
    new RegExp(`^RangeError at ${HERE}$`),
  ],
  [
    'the first place outside of Node',
    () => failAt(['at new URL (node:internal/url:797:36)', 'at main (/var/user/index.js:1:234)']),
    /^TypeError at index\.js:1:234$/,
  ],
  [
    'the place in a function without a name',
    () => failAt(['at async C:\\My shop\\pay\\index.js:1:234']),
    /^TypeError at index\.js:1:234$/,
  ],
  ['its name alone, if it has no place', () => failAt(['at <anonymous>']), /^TypeError$/],
  [
    'its type, if it is no error',
    () => {
      // oxlint-disable-next-line no-throw-literal
      throw 'a secret'
    },
    /^string$/,
  ],
])('%s', async (_what, fail, log) => {
  const { reply, why } = await handleCall(fail, { type: 'orderquery', data: {} })
  expect(reply).toMatchObject({ code: 1, error: 'UNKNOWN' })
  expect(why).toMatch(log)
})

test('pay-message logs it likewise, and the message may have been sent', async () => {
  const print = jest.spyOn(console, 'log').mockReturnValue()
  process.env['WXPAY_MCHID'] = '1900000109'
  process.env['WXPAY_TEMPLATE_ID'] = 'SIMULATED_TEMPLATE_OF_THE_PAID_MESSAGE'
  process.env['WXPAY_TEMPLATE_DATA'] = '{"thing1":"body"}'
  const order = { touser: 'o', out_trade_no: '0'.repeat(32), body: 'b', total_fee: 1, paid_at: 1 }
  send.mockImplementation(() => {
    throw new RangeError('a secret')
  })
  const { main } = require('../../cloudfunctions/pay-message/src/index')
  const reply = await main(order)
  const why = expect.stringMatching(new RegExp(`^RangeError at ${HERE}$`))
  expect(reply).toEqual({ outcome: 'unknown', why })
  expect(print).toHaveBeenCalledWith(JSON.stringify({ action: 'message', ...reply }))
  send.mockRejectedValue(Object.assign(new Error('a secret'), { errCode: -501001 }))
  expect(await main(order)).toEqual({ outcome: 'unknown', why: '-501001' })
  print.mockRestore()
})
