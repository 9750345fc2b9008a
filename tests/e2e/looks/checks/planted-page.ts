import type { Page } from 'playwright-core'
import { openBrowser } from '../../../support/browser'
import { bundleChecks } from './bundle'
import type { CheckName, Checks } from './index'

declare const checks: Checks

/** A page in a real browser that is filled with what a check must find, or must leave alone. */
export interface PlantedPage {
  page: Page
  /** What a check says of a screen of 300 × 400 px with this in it. */
  look(name: CheckName, html: string): Promise<string[]>
  close(): Promise<void>
}

export async function openPlantedPage(): Promise<PlantedPage> {
  const browser = await openBrowser()
  const page = await browser.newPage({ viewport: { width: 320, height: 600 } })
  await page.addInitScript(await bundleChecks())
  return {
    page,
    async look(name, html) {
      await page.goto('about:blank')
      await page.setContent(
        `<style>
          body { margin: 0; font: 16px/1.5 sans-serif; color: #000 }
          main { width: 300px; height: 400px; overflow: hidden auto; background: #fff }
        </style><main class="page">${html}</main>`,
      )
      return page.evaluate((check) => checks.one(check, 'main'), name)
    },
    close: () => browser.close(),
  }
}
