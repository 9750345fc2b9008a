import path from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { listen } from '../../../../simulator/kit/http'
import { createPhone } from '../../../../simulator/phone'
import { openBrowser } from '../../../support/browser'
import { PreparedServices } from './prepared-services'
import { labelsOf, type Settings } from './settings'

/** The shop's own mini program. */
export const MINIPROGRAM = path.join(__dirname, '..', '..', '..', '..', 'miniprogram')
const CONFIG = { env: 'sample', templateIds: [] }

/** Selects the scroller of the page on top. */
const SCROLLER = '.scroller:not([hidden])'

/** The shop's own mini program on a phone in a real browser, with prepared replies. */
export class ShopPhone {
  readonly page: Page
  readonly services: PreparedServices
  readonly #url: string

  constructor(page: Page, services: PreparedServices, url: string) {
    this.page = page
    this.services = services
    this.#url = url
  }

  get #phone(): Locator {
    return this.page.locator('#phone')
  }

  /** Opens a page (`pay-result/index?id=1`) on a new phone. @param query for example `network=offline` */
  async open(route: string, query = ''): Promise<void> {
    await this.page.goto('about:blank')
    await this.page.goto(`${this.#url}/?${query}#/pages/${route}`)
  }

  /** Sets the phone with the buttons of the panel. Its page keeps its state. */
  async set(settings: Partial<Settings>): Promise<void> {
    await this.page.evaluate((labels) => {
      for (const [group, label] of labels) {
        const all = document.querySelectorAll<HTMLElement>(`[aria-label=${group}] button`)
        const button = [...all].find(({ textContent }) => textContent === label)
        if (!button) throw new Error(`There is no button ${label} for ${group}`)
        if (button.ariaPressed !== 'true') button.click()
      }
    }, labelsOf(settings))
  }

  /** Taps the first button whose name equals the text, or matches the pattern. */
  tap(button: string | RegExp): Promise<void> {
    return this.#phone.getByRole('button', { name: button, exact: true }).first().click()
  }

  tapInDialog(button: string): Promise<void> {
    return this.#phone
      .getByRole('dialog')
      .getByRole('button', { name: button, exact: true })
      .click()
  }

  /** Waits until the phone shows this text, or something with this label. */
  see(text: string | RegExp): Promise<void> {
    const seen = this.#phone.getByText(text).or(this.#phone.getByLabel(text))
    return seen.filter({ visible: true }).first().waitFor()
  }

  /** Pulls the page down until it refreshes. */
  async pullDown(): Promise<void> {
    const { x, y, width } = (await this.#phone.boundingBox())!
    const { mouse } = this.page
    await mouse.move(x + width / 2, y + 200)
    await mouse.down()
    await mouse.move(x + width / 2, y + 300)
    await mouse.move(x + width / 2, y + 400)
    await mouse.up()
  }

  /** Returns the errors of page code that the phone shows. */
  pageErrors(): Promise<string[]> {
    return this.page.locator('#page-errors li').allInnerTexts()
  }

  scrollToEnd(): Promise<void> {
    return this.page.locator(SCROLLER).evaluate((scroller) => {
      scroller.scrollTop = scroller.scrollHeight
    })
  }

  /**
   * Takes a JPEG of the phone, which is temporarily made as high as its page.
   * @param tallest the greatest height in px; 0 keeps the height of the phone
   */
  async picture(tallest: number): Promise<Buffer> {
    const stretch = (height: string) =>
      this.#phone.evaluate((phone, css) => phone.style.setProperty('height', css), height)
    const missing = await this.page.locator(SCROLLER).evaluate((scroller) => {
      return scroller.scrollHeight - scroller.clientHeight
    })
    const { height } = (await this.#phone.boundingBox())!
    await stretch(`${Math.max(height, Math.min(height + missing, tallest))}px`)
    await this.settle()
    try {
      return await this.#phone.screenshot({ type: 'jpeg' })
    } finally {
      await stretch('')
    }
  }

  /** Waits until nothing moves and no new call has been made meanwhile. */
  async settle(): Promise<void> {
    let calls
    do {
      calls = this.services.calls
      await this.page.evaluate(async () => {
        const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
        await frame()
        await frame()
        const passing = document.getAnimations().filter((animation) => {
          return animation.effect?.getComputedTiming().endTime !== Infinity
        })
        await Promise.allSettled(passing.map(({ finished }) => finished))
      })
    } while (this.services.calls > calls)
  }
}

/** Serves the phone and opens a browser; the caller must call `close`. @param scripts run in its page first */
export async function startShopPhone(scripts: string[] = []) {
  const services = new PreparedServices()
  const phone = createPhone({
    miniprogramDir: MINIPROGRAM,
    modules: { 'config.ts': CONFIG },
    services,
  })
  const built = await phone.ready
  if (!built.ok)
    throw new Error(built.errors.map(({ file, text }) => `${file}: ${text}`).join('\n'))
  const server = await listen(phone.handler, { port: 0 })
  const browser = await openBrowser()
  const context = await browser.newContext({
    viewport: { width: 1100, height: 880 },
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(5000)
  const page = await context.newPage()
  for (const content of scripts) await page.addInitScript({ content })
  return {
    phone: new ShopPhone(page, services, server.url),
    async close() {
      await browser.close()
      phone.close()
      await server.close()
    },
  }
}
