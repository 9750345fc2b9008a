import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { CommandError, runCommand } from './command-line/command'
import { browserAdvice, findBrowser } from './command-line/find-browser'

/** Folders of drawings: each `<name>.svg` becomes a `<name>.png` of this size in pixels. */
const SETS = [
  // Goods are shown 3:2.
  { from: 'cloud/pictures', to: 'cloud/storage', size: { width: 600, height: 400 } },
  // A shared card is 5:4 (onShareAppMessage: imageUrl).
  { from: 'drawings', to: 'miniprogram/images', size: { width: 500, height: 400 } },
]

const DRAW_PICTURES = {
  command: 'node scripts/run.cjs scripts/draw-pictures.ts',
  purpose: 'Draws the PNG of every SVG in cloud/pictures and drawings, with a browser.',
  options: {},
}

async function drawAll(root: string, executablePath: string): Promise<void> {
  const browser = await chromium.launch({ executablePath })
  try {
    for (const { from, to, size } of SETS) {
      const page = await browser.newPage({ viewport: size })
      await drawFolder(page, path.join(root, from), path.join(root, to))
    }
  } finally {
    await browser.close()
  }
}

async function drawFolder(page: Page, from: string, to: string): Promise<void> {
  mkdirSync(to, { recursive: true })
  for (const file of readdirSync(from).filter((name) => name.endsWith('.svg'))) {
    const svg = readFileSync(path.join(from, file), 'utf8')
    await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`)
    const picture = path.join(to, `${path.basename(file, '.svg')}.png`)
    const png = await page.screenshot({ path: picture })
    console.log(`${path.basename(picture)}  ${(png.length / 1024).toFixed(1)} KB`)
  }
}

runCommand(DRAW_PICTURES, async () => {
  const browser = findBrowser()
  if (browser === undefined) throw new CommandError(browserAdvice)
  await drawAll(process.cwd(), browser)
})
