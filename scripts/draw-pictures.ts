// Draws the goods pictures: every cloud/pictures/<name>.svg becomes cloud/storage/<name>.png.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { projectRoot } from '../simulator/project'
import { browserAdvice, findBrowser } from './find-browser'

/** Size of a picture in pixels, as 3:2 as the drawings are. */
const size = { width: 600, height: 400 }
const drawings = path.join(projectRoot, 'cloud', 'pictures')
const storage = path.join(projectRoot, 'cloud', 'storage')

async function drawAll(executablePath: string): Promise<void> {
  mkdirSync(storage, { recursive: true })
  const browser = await chromium.launch({ executablePath })
  try {
    const page = await browser.newPage({ viewport: size })
    for (const file of readdirSync(drawings).filter((name) => name.endsWith('.svg'))) {
      const svg = readFileSync(path.join(drawings, file), 'utf8')
      await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`)
      const picture = path.join(storage, `${path.basename(file, '.svg')}.png`)
      const png = await page.screenshot({ path: picture })
      console.log(`${path.basename(picture)}  ${(png.length / 1024).toFixed(1)} KB`)
    }
  } finally {
    await browser.close()
  }
}

function fail(reason: unknown): void {
  console.error(reason instanceof Error ? reason.message : reason)
  process.exitCode = 1
}

const browser = findBrowser()
if (browser === undefined) fail(browserAdvice)
else drawAll(browser).catch(fail)
