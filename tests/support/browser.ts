import { chromium, type Browser, type Page } from 'playwright-core'
import { browserAdvice, findBrowser } from '../../scripts/command-line/find-browser'

/**
 * Starts the browser that is installed on this machine.
 * @throws Error that says how to install one
 */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findBrowser()
  if (executablePath === undefined) throw new Error(browserAdvice)
  // Without the sandbox the browser can also run as root, as in a container
  return chromium.launch({ executablePath, args: ['--no-sandbox'] })
}

/** Opens a page and collects its console errors, warnings and failed requests. */
export async function openPage(
  browser: Browser,
  url: string,
): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1000, height: 900 } })
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`))
  await page.goto(url)
  return { page, complaints }
}
