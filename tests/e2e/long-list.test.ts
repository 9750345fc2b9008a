import type { CDPSession } from 'playwright-core'
import { orders } from './looks/samples/orders'
import { type ShopPhone, startShopPhone } from './looks/support/shop-phone'

const ORDERS = 1000
const PAGE = 20
/** how many appendings at each end of the list the cost is a median of */
const SAMPLES = 8
const ROUNDS = 3

const documents = orders(ORDERS).map((order, index) => ({ ...order, body: `第 ${index + 1} 单` }))

let shop: Awaited<ReturnType<typeof startShopPhone>>
let phone: ShopPhone
let metrics: CDPSession
/** what every answer of the database waits for */
let gate = Promise.resolve()

/** in the page: resolves when the next orders have been drawn */
declare let drawn: Promise<void>

beforeAll(async () => {
  shop = await startShopPhone()
  phone = shop.phone
  const { services } = phone
  services.prepare({ orders: { documents } })
  const { client } = services
  const { database } = client
  client.database = async (...query) => {
    await gate
    return database(...query)
  }
  metrics = await phone.page.context().newCDPSession(phone.page)
  // the thread's own time: how busy the machine is otherwise does not count
  await metrics.send('Performance.enable', { timeDomain: 'threadTicks' })
})

afterAll(() => shop?.close())

/** ms for which the page's main thread has worked so far */
async function worked(): Promise<number> {
  const { metrics: all } = await metrics.send('Performance.getMetrics')
  return all.find(({ name }) => name === 'TaskDuration')!.value * 1000
}

/** Scrolls to the end, where more is asked for. @returns ms of work from the answer to its drawing */
async function append(): Promise<number> {
  let answer = () => {}
  gate = new Promise((resolve) => {
    answer = resolve
  })
  await phone.page.evaluate(watchForOrders)
  await phone.scrollToEnd()
  await phone.settle()
  const before = await worked()
  answer()
  await phone.page.evaluate(() => drawn)
  return (await worked()) - before
}

/** Runs in the page. */
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

/** Opens the list and scrolls through it. @returns ms of work for each page that was appended */
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

test('the last of 1,000 orders is reached, and nothing comes after it', async () => {
  await readAll()
  await phone.scrollToEnd()
  await phone.see('没有更多订单了')
  await phone.scrollToEnd()
  const last = phone.page.getByRole('button', { name: '第 1000 单' })
  expect(await last.boundingBox()).toMatchObject({ height: expect.any(Number) })
  expect(await phone.page.getByRole('button', { name: /^第 \d+ 单/ }).count()).toBe(ORDERS)
  expect(await phone.pageErrors()).toEqual([])
})

test('appending 20 orders to 980 costs at most 1.5 times what appending them to 20 costs', async () => {
  const ratios: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const costs = await readAll()
    ratios.push(median(costs.slice(-SAMPLES)) / median(costs.slice(0, SAMPLES)))
  }
  expect(median(ratios)).toBeLessThanOrEqual(1.5)
})
