import type { Page } from 'playwright-core'
import { openBrowser } from '../../../support/browser'
import { bundleChecks } from './bundle'
import type { CheckName, Checks } from './index'

declare const checks: Checks

/** A page in a real browser with content that a check must report, or must accept. */
export interface FixturePage {
  page: Page
  /** Runs a check on a screen of 300 × 400 px with this content. */
  check(name: CheckName, html: string): Promise<string[]>
  close(): Promise<void>
}

export async function openFixturePage(): Promise<FixturePage> {
  const browser = await openBrowser()
  const page = await browser.newPage({ viewport: { width: 320, height: 600 } })
  await page.addInitScript(await bundleChecks())
  return {
    page,
    async check(name, html) {
      await page.goto('about:blank')
      await page.setContent(
        `<style>
          body { margin: 0; font: 16px/1.5 sans-serif; color: #000 }
          main { width: 300px; height: 400px; overflow: hidden auto; background: #fff }
        </style><main class="page">${html}</main>`,
      )
      return page.evaluate((checkName) => checks.one(checkName, 'main'), name)
    },
    close: () => browser.close(),
  }
}
