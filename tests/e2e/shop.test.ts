import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { startSimulator, type Simulator } from '../../simulator/index'
import { openBrowser, openPage } from '../support/browser'
import { project } from '../support/project'

const SCREENSHOTS = path.join(__dirname, 'screenshots')

let browser: Browser
let dataDir: string
let simulator: Simulator

beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true })
  dataDir = mkdtempSync(path.join(tmpdir(), 'shop-e2e-'))
  browser = await openBrowser()
  simulator = await startSimulator({ project, dataDir })
})
afterAll(async () => {
  await browser?.close()
  await simulator?.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** Buys and refunds a product, from the goods list to 已退款, with a screenshot of each step. */
async function buyAndRefund(page: Page, name: string): Promise<void> {
  let step = 0
  const picture = () => page.screenshot({ path: path.join(SCREENSHOTS, `${name}-${++step}.png`) })

  await page.getByRole('button', { name: /下单/ }).first().waitFor()
  await picture()
  await page.getByRole('button', { name: /下单/ }).first().click()
  await page.getByText('等待支付').first().waitFor()
  await picture()
  await button(page, '支付').click()
  await button(page, '允许').click()
  await button(page, '确认支付').waitFor()
  await picture()
  await button(page, '确认支付').click()
  await page.getByText('已支付').first().waitFor()
  await picture()
  await button(page, '退款').click()
  await page.getByRole('dialog').getByText('¥1.99').waitFor()
  await picture()
  await page.getByRole('dialog').getByRole('button', { name: '退款' }).click()
  await page.getByText('正在退款').first().waitFor()
  await picture()
  // Without any tap: the page polls the order.
  await page.getByText('已退款').first().waitFor({ timeout: 20_000 })
  await picture()
}

test('buying, paying and refunding works twice, with a restart of everything in between', async () => {
  const first = await openPage(browser, simulator.url)
  await buyAndRefund(first.page, 'first')
  expect(first.complaints).toEqual([])
  await first.page.close()
  expect(simulator.orders().map(({ status }) => status)).toEqual([4])

  await simulator.close()
  simulator = await startSimulator({ project, dataDir })
  const second = await openPage(browser, simulator.url)
  await buyAndRefund(second.page, 'second')
  expect(second.complaints).toEqual([])
  await second.page.close()
  expect(simulator.orders().map(({ status }) => status)).toEqual([4, 4])
})

test('a shopper sees both orders on the list, the other shopper none', async () => {
  const { page, complaints } = await openPage(browser, simulator.url)
  await page.getByText('我的订单').click()
  await page.getByText('已退款').nth(1).waitFor()
  await page.screenshot({ path: path.join(SCREENSHOTS, 'orders.png') })
  expect(complaints).toEqual([])
  await page.close()

  const other = await openPage(browser, `${simulator.url}/?shopper=2`)
  await other.page.getByText('我的订单').click()
  await other.page.getByText('还没有订单').waitFor()
  await other.page.close()
})
