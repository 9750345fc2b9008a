import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { listen } from '../../simulator/kit/http'
import { createPhone } from '../../simulator/phone'
import { openBrowser } from './browser'
import { FakePhoneServices } from './phone-services'

const SAMPLE = path.join(__dirname, '..', 'simulator', 'phone', 'sample')

/** The centre of the phone's screen in the tests' window, in px. */
const MIDDLE = { x: 550, y: 440 }

/** The sample mini program on a simulated phone in a real browser, for one test file. */
export class SamplePhone {
  readonly services: FakePhoneServices
  /** the console's errors since the last `open` */
  readonly errors: string[] = []
  readonly page: Page
  readonly #url: string

  constructor(page: Page, url: string, services: FakePhoneServices) {
    this.page = page
    this.#url = url
    this.services = services
    page.setDefaultTimeout(5000)
    page.on('pageerror', (error) => this.errors.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text())
    })
  }

  /**
   * Opens a page of the sample on a new phone.
   * @param query such as `?shopper=2`
   */
  async open(name: string, query = ''): Promise<void> {
    await this.page.goto('about:blank')
    this.errors.length = 0
    await this.page.goto(`${this.#url}/${query}#/pages/${name}/index`)
  }

  tap(button: string): Promise<void> {
    return this.page.getByRole('button', { name: button, exact: true }).click()
  }

  /** Waits until the phone shows exactly this text. */
  see(text: string): Promise<void> {
    return this.page.getByText(text, { exact: true }).first().waitFor()
  }

  /** Returns whether the phone shows exactly this text, waiting for it. */
  sees(text: string): Promise<boolean> {
    return this.see(text).then(
      () => true,
      () => false,
    )
  }

  /** Returns the result of the last tap that the page `strict` shows. */
  result(): Promise<string> {
    return this.page.getByRole('heading', { name: '结果' }).innerText()
  }

  /** Drags by `dy` px from the centre of the screen. */
  async drag(dy: number): Promise<void> {
    const { mouse } = this.page
    await mouse.move(MIDDLE.x, MIDDLE.y)
    await mouse.down()
    await mouse.move(MIDDLE.x, MIDDLE.y + dy / 2)
    await mouse.move(MIDDLE.x, MIDDLE.y + dy)
    await mouse.up()
  }

  async wheel(dy: number): Promise<void> {
    await this.page.mouse.move(MIDDLE.x, MIDDLE.y)
    await this.page.mouse.wheel(0, dy)
  }
}

/** Serves a copy of the sample and opens a browser; the caller must call `close`. */
export async function startSamplePhone() {
  const dir = mkdtempSync(path.join(tmpdir(), 'phone-'))
  cpSync(SAMPLE, dir, { recursive: true })
  const services = new FakePhoneServices()
  const phone = createPhone({
    miniprogramDir: dir,
    modules: { 'config.ts': { env: 'simulated' } },
    services,
  })
  let server = await listen(phone.handler, { port: 0 })
  const browser = await openBrowser()
  const page = await browser.newPage({ viewport: { width: 1100, height: 880 } })
  return {
    phone: new SamplePhone(page, server.url, services),
    /** Writes a file of the sample and rebuilds. */
    async save(file: string, text: string) {
      writeFileSync(path.join(dir, file), text)
      await phone.rebuild()
    },
    /** Returns the text of a file of the sample. */
    read: (file: string) => readFileSync(path.join(dir, file), 'utf8'),
    /**
     * Stops the server.
     * @returns a function that starts it again at the same address
     */
    async stop() {
      const port = Number(new URL(server.url).port)
      await server.close()
      return async () => {
        server = await listen(phone.handler, { port })
      }
    },
    async close() {
      await browser.close()
      phone.close()
      await server.close()
      rmSync(dir, { recursive: true })
    },
  }
}
