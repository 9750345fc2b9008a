import path from 'node:path'
import { Messages } from '../../../simulator/cloudbase/messages/messages'
import { SimulatedClock } from '../../../simulator/kit/clock'
import { Store } from '../../../simulator/kit/store'
import { ANN, BOB, sdkOf, functionConfig, temporaryFolder, TEMPLATE, useCloudBase } from './support'

const folder = temporaryFolder()

const MESSAGE = {
  touser: ANN,
  templateId: TEMPLATE.id,
  page: 'pages/pay-result/index?id=1',
  data: {
    character_string1: { value: 'A1B2-C3' },
    thing2: { value: '一本书' },
    amount3: { value: '¥0.01' },
    time4: { value: '2019年10月1日 15:01' },
  },
  miniprogramState: 'developer',
}

describe('through the SDK', () => {
  const { running, clock } = useCloudBase({
    functions: {
      shop: functionConfig(),
      silent: functionConfig({ openapi: [] }),
      curious: functionConfig({ openapi: ['security.msgSecCheck'] }),
    },
  })
  const send = (changes: object = {}, name = 'shop') =>
    running.cloudbase.functions.invoke(
      name,
      { do: 'message', message: { ...MESSAGE, ...changes } },
      {},
    ) as Promise<any>

  test('an accepted message is sent and recorded', async () => {
    running.cloudbase.messages.accept(ANN, [TEMPLATE.id])
    expect(await send()).toMatchObject({ errCode: 0 })
    expect(running.cloudbase.messages.sent()).toEqual([
      {
        at: expect.any(Number),
        openid: ANN,
        template_id: TEMPLATE.id,
        page: MESSAGE.page,
        data: MESSAGE.data,
      },
    ])
    expect(Math.abs(running.cloudbase.messages.sent()[0]!.at - clock.now())).toBeLessThan(5000)
  })

  test('a message that was not accepted is refused with WeChat’s code', async () => {
    await expect(send({ touser: BOB })).rejects.toThrow(/user refuse to accept the msg/)
  })

  test('a function whose config.json does not list the API may not call it', async () => {
    running.cloudbase.messages.accept(ANN, [TEMPLATE.id])
    await expect(send({}, 'silent')).rejects.toThrow(/-604101/)
  })

  test('a function whose config.json lists the API later may call it then', async () => {
    const { cloudbase } = running
    const settings = functionConfig()
    cloudbase.configureFunction('silent', { ...settings, triggers: [] })
    expect(await send({}, 'silent')).toMatchObject({ errCode: 0 })
    cloudbase.configureFunction('silent', { ...settings, openapi: [], triggers: [] })
    await expect(send({}, 'silent')).rejects.toThrow(/-604101/)
  })

  test('an API that the simulator does not have is refused as unknown', async () => {
    const failure = running.cloudbase.functions.invoke('curious', { do: 'security' }, {})
    await expect(failure).rejects.toThrow(/-604100/)
  })

  test('a message from outside a call is refused', async () => {
    const cloud = await sdkOf(running.cloudbase)
    const failure = cloud.openapi.subscribeMessage.send(MESSAGE)
    await expect(failure).rejects.toMatchObject({ errCode: -604104 })
  })

  test('the shop cannot read the record', async () => {
    expect(running.cloudbase.database.collections()).toEqual([])
  })
})

describe('the reply', () => {
  const wire = {
    touser: ANN,
    template_id: TEMPLATE.id,
    page: MESSAGE.page,
    data: MESSAGE.data,
    miniprogram_state: 'developer',
  }
  let messages: Messages
  beforeEach(() => {
    messages = new Messages(Store.open(), new SimulatedClock(), [TEMPLATE], () => {})
    messages.accept(ANN, [TEMPLATE.id])
  })
  const code = (changes: object = {}) => messages.send({ ...wire, ...changes }).errcode

  test('is ok once for each acceptance', () => {
    expect([code(), code()]).toEqual([0, 43101])
  })

  test('is ok twice after two acceptances', () => {
    messages.accept(ANN, [TEMPLATE.id])
    expect([code(), code(), code()]).toEqual([0, 0, 43101])
  })

  test('refuses a shopper who did not accept', () => expect(code({ touser: BOB })).toBe(43101))
  test('refuses an unknown template', () => expect(code({ template_id: 'x' })).toBe(40037))
  test('refuses an invalid openid', () => expect(code({ touser: 'ann' })).toBe(40003))
  test('refuses a page outside the mini program', () => {
    expect(code({ page: 'https://shop.example.com/' })).toBe(41030)
  })
  test('accepts a message without a page', () => expect(code({ page: undefined })).toBe(0))
  test('refuses an unknown version', () => {
    expect(code({ miniprogram_state: 'production' })).toBe(47003)
  })

  test('does not use up the acceptance of a refused message', () => {
    expect([code({ data: {} }), code()]).toEqual([47003, 0])
  })

  test('names a missing field', () => {
    const { thing2: _left, ...data } = MESSAGE.data
    expect(messages.send({ ...wire, data }).errmsg).toContain('data.thing2.value')
  })

  test('names a field that the template does not have', () => {
    const data = { ...MESSAGE.data, thing9: { value: 'x' } }
    expect(messages.send({ ...wire, data }).errmsg).toContain('data.thing9.value')
  })
})

describe('a field', () => {
  const isAccepted = (key: string, value: string) => {
    const one = { id: 't', title: 't', fields: { [key]: 't' } }
    const messages = new Messages(Store.open(), new SimulatedClock(), [one], () => {})
    messages.accept(ANN, ['t'])
    return (
      messages.send({ touser: ANN, template_id: 't', data: { [key]: { value } } }).errcode === 0
    )
  }

  test.each([
    ['thing1', '二十个字'.repeat(5)],
    ['thing1', '😀'.repeat(20)],
    ['number1', '12.50'],
    ['letter1', 'abc'],
    ['symbol1', '+-'],
    ['character_string1', 'f'.repeat(32)],
    ['time1', '15:01'],
    ['time1', '2019-10-01 15:01'],
    ['time1', '2019年10月1日 15:01'],
    ['date1', '2019年10月1日'],
    ['amount1', '¥0.01'],
    ['amount1', '0.01元'],
    ['phone_number1', '+86-0766-66888866'],
    ['car_number1', '粤A8Z888挂'],
    ['name1', '王小明'],
    ['phrase1', '配送中'],
  ])('%s accepts %s', (key, value) => expect(isAccepted(key, value)).toBe(true))

  test.each([
    ['thing1', '二十个字'.repeat(5) + '多'],
    ['thing1', ''],
    ['number1', '12.5.0'],
    ['letter1', '字'],
    ['symbol1', 'a'],
    ['character_string1', 'f'.repeat(33)],
    ['character_string1', '订单'],
    ['time1', '25:00'],
    ['time1', '1700000000000'],
    ['date1', '15:01'],
    ['amount1', '一元'],
    ['amount1', '¥12345678901'],
    ['phone_number1', '1'.repeat(18)],
    ['car_number1', '粤A8Z888挂挂'],
    ['name1', '王小明'.repeat(4)],
    ['phrase1', '六个汉字太长'],
    ['phrase1', 'paid'],
  ])('%s does not accept %s', (key, value) => expect(isAccepted(key, value)).toBe(false))

  test('of a type that WeChat does not know is refused at the start', () => {
    const one = { id: 't', title: 't', fields: { price1: 't' } }
    expect(() => new Messages(Store.open(), new SimulatedClock(), [one], () => {})).toThrow(
      '"price1"',
    )
  })
})

test('acceptances and the record survive a restart', () => {
  const file = path.join(folder, 'journal.jsonl')
  const open = () => {
    const store = Store.open(file)
    return { store, messages: new Messages(store, new SimulatedClock(), [TEMPLATE], () => {}) }
  }
  const first = open()
  first.messages.accept(ANN, [TEMPLATE.id])
  first.store.close()
  const second = open()
  const { touser, templateId: template_id, data } = MESSAGE
  expect(second.messages.send({ touser, template_id, data }).errcode).toBe(0)
  second.store.close()
  const third = open()
  expect(third.messages.sent()).toHaveLength(1)
  third.store.close()
})
