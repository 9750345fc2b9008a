import { openPage, type OpenPage } from '../support/page'
import { order, paid, refunding, T0 } from '../support/samples'
import { fakeWx } from '../support/wx'
import type { Order } from '../../../typings/contract'

async function openWith(one: Order): Promise<OpenPage> {
  fakeWx().stored.orders = [one]
  return openPage('pages/pay-order/index')
}

const anomaly = { at: T0, what: 'total_fee' }
const { prepay_id: _, ...incomplete } = order()

describe.each([
  { word: '等待支付', tone: 'waiting', icon: 'clock', one: order() },
  { word: '下单未完成', tone: 'ended', icon: 'alert', one: incomplete },
  { word: '正在取消', tone: 'moving', icon: 'dots', one: order({ close_requested_at: T0 }) },
  { word: '已支付', tone: 'good', icon: 'check', one: paid() },
  { word: '已关闭', tone: 'ended', icon: 'minus', one: order({ status: 2 }) },
  { word: '正在退款', tone: 'moving', icon: 'dots', one: refunding() },
  { word: '退款异常', tone: 'bad', icon: 'alert', one: refunding({ state: 'CHANGE' }) },
  { word: '已退款', tone: 'ended', icon: 'back', one: paid({ status: 4 }) },
  { word: '订单异常', tone: 'bad', icon: 'alert', one: paid({ anomaly }) },
])('a row of an order: $word', ({ word, tone, icon, one }) => {
  test('says so in its colour', async () => {
    expect((await openWith(one)).texts(`.rows >>> .status.${tone}`)).toEqual([word])
  })

  test('says so by its icon', async () => {
    expect((await openWith(one)).has(`.rows >>> .icon-${icon}`)).toBe(true)
  })

  test('says so to a screen reader', async () => {
    expect((await openWith(one)).names('button')).toEqual([expect.stringContaining(word)])
  })
})

test('an order with an anomaly whose money flows back is what it is', async () => {
  const page = await openWith({ ...refunding(), anomaly })
  expect(page.texts('.rows >>> .status')).toEqual(['正在退款'])
})
