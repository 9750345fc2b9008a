import type { CDPSession } from 'playwright-core'
import { orders } from './visual/samples/orders'
import { type ShopPhone, startShopPhone } from './visual/support/shop-phone'

const ORDERS = 1000
const PAGE = 20
/** the number of appended pages at each end of the list whose median cost is compared */
const SAMPLES = 8
const ROUNDS = 3

const DOCUMENTS = orders(ORDERS).map((order, index) => ({ ...order, body: `第 ${index + 1} 单` }))

let shop: Awaited<ReturnType<typeof startShopPhone>>
let phone: ShopPhone
let metrics: CDPSession
/** every reply of the database waits for this promise */
let replyAllowed = Promise.resolve()

/** In the page: resolves when the next orders are drawn. */
declare let drawn: Promise<void>

beforeAll(async () => {
  shop = await startShopPhone()
  phone = shop.phone
  const { services } = phone
  services.prepare({ orders: { documents: DOCUMENTS } })
  const { client } = services
  const { database } = client
  client.database = async (...query) => {
    await replyAllowed
    return database(...query)
  }
  metrics = await phone.page.context().newCDPSession(phone.page)
  // CPU time of the thread, so that other load on the machine does not count.
  await metrics.send('Performance.enable', { timeDomain: 'threadTicks' })
})

afterAll(() => shop?.close())

/** Returns the CPU time of the page's main thread so far, in ms. */
async function cpuTime(): Promise<number> {
  const { metrics: all } = await metrics.send('Performance.getMetrics')
  return all.find(({ name }) => name === 'TaskDuration')!.value * 1000
}

/** Scrolls to the end, which loads more. @returns the CPU time from the reply to its drawing, in ms */
async function append(): Promise<number> {
  let allowReply = () => {}
  replyAllowed = new Promise((resolve) => {
    allowReply = resolve
  })
  await phone.page.evaluate(watchForOrders)
  await phone.scrollToEnd()
  await phone.settle()
  const before = await cpuTime()
  allowReply()
  await phone.page.evaluate(() => drawn)
  return (await cpuTime()) - before
}

/** Sets `drawn`. Runs in the page. */
function watchForOrders(): void {
  const isOrder = (node: Node) =>
    node instanceof Element && (node.role === 'button' || !!node.querySelector('[role=button]'))
  const promise = new Promise<void>((resolve) => {
    const observer = new MutationObserver((records) => {
      if (!records.some(({ addedNodes }) => [...addedNodes].some(isOrder))) return
      observer.disconnect()
      requestAnimationFrame(() => requestAnimationFrame(() => resolve()))
    })
    const page = document.querySelector('.scroller:not([hidden])')!
    observer.observe(page, { childList: true, subtree: true })
  })
  Object.assign(globalThis, { drawn: promise })
}

/** Opens the list and scrolls through it. @returns the CPU time for each appended page, in ms */
async function readAll(): Promise<number[]> {
  await phone.open('pay-order/index')
  await phone.see('第 20 单')
  const costs: number[] = []
  for (let rows = PAGE; rows < ORDERS; rows += PAGE) {
    costs.push(await append())
  }
  return costs
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}

test('scrolling reaches the last of 1,000 orders, and nothing is loaded after it', async () => {
  await readAll()
  await phone.scrollToEnd()
  await phone.see('没有更多订单了')
  await phone.scrollToEnd()
  const last = phone.page.getByRole('button', { name: '第 1000 单' })
  expect(await last.boundingBox()).toMatchObject({ height: expect.any(Number) })
  expect(await phone.page.getByRole('button', { name: /^第 \d+ 单/ }).count()).toBe(ORDERS)
  expect(await phone.pageErrors()).toEqual([])
})

test('appending 20 orders to 980 costs at most 1.5 times as much as appending them to 20', async () => {
  const ratios: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const costs = await readAll()
    ratios.push(median(costs.slice(-SAMPLES)) / median(costs.slice(0, SAMPLES)))
  }
  expect(median(ratios)).toBeLessThanOrEqual(1.5)
})
