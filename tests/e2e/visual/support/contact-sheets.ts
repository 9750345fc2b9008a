import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import type { State } from '../states/state'
import { nameOf, type Settings } from './settings'
import type { ShopPhone } from './shop-phone'

const FOLDER = path.join(__dirname, '..', 'sheets')
/** the greatest height of a picture in px, which limits long lists */
const TALLEST = 1600
/** ms to take a screenshot of a whole sheet, which is larger than all others */
const TIMEOUT = 60_000

interface Picture {
  caption: string
  /** the picture as a data URL */
  src: string
}

/** Collects pictures of every state, on one sheet for each setting of the phone, for visual review. */
export class ContactSheets {
  readonly #page: string
  readonly #sheets = new Map<string, Picture[]>()

  /** @param page the beginning of the file names */
  constructor(page: string) {
    this.#page = page
  }

  async add(phone: ShopPhone, settings: Settings, { name, atEnd }: State): Promise<void> {
    if (atEnd) await phone.scrollToEnd()
    const jpeg = await phone.picture(atEnd ? 0 : TALLEST)
    const picture = { caption: name, src: `data:image/jpeg;base64,${jpeg.toString('base64')}` }
    const sheet = nameOf(settings)
    this.#sheets.set(sheet, [...(this.#sheets.get(sheet) ?? []), picture])
  }

  /** @param page an empty page, in which the sheets are laid out */
  async write(page: Page): Promise<void> {
    mkdirSync(FOLDER, { recursive: true })
    for (const [settings, pictures] of this.#sheets) {
      await page.setContent(sheetOf(`${this.#page}: ${settings}`, pictures))
      const file = `${this.#page}, ${settings}.png`.replaceAll(/\W+(?=.*\.)/g, '-')
      await page.screenshot({ path: path.join(FOLDER, file), fullPage: true, timeout: TIMEOUT })
    }
  }
}

/** Returns the HTML of a sheet. Nothing needs to be escaped: the captions come from the tests. */
function sheetOf(title: string, pictures: Picture[]): string {
  const figures = pictures.map(({ caption, src }) => {
    return `<figure><figcaption>${caption}</figcaption><img src="${src}"></figure>`
  })
  return `<style>
    body { margin: 24px; width: max-content; background: #bbb; font: 15px/1.4 sans-serif }
    main { display: grid; grid-template-columns: repeat(6, max-content); gap: 24px; align-items: start }
    figure { margin: 0 }
    figcaption { width: min-content; min-width: 100%; height: 44px }
    img { display: block }
  </style><h1>${title}</h1><main>${figures.join('')}</main>`
}
