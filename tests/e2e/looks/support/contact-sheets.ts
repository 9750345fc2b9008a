import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import type { State } from '../states/state'
import { nameOf, type Settings } from './settings'
import type { ShopPhone } from './shop-phone'

const FOLDER = path.join(__dirname, '..', 'sheets')
/** px of a picture's height, so that a list without an end still fits */
const TALLEST = 1600
/** ms for a screenshot of a whole sheet: it is far larger than what the tests else take */
const LONGEST = 60_000

interface Picture {
  caption: string
  /** address of the picture, which holds it */
  src: string
}

/** Pictures of every state, side by side on one sheet for each setting of the phone, to be looked at. */
export class ContactSheets {
  readonly #page: string
  readonly #sheets = new Map<string, Picture[]>()

  /** @param page what the names of the files begin with */
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

  /** @param page an empty one, in which the sheets are laid out */
  async write(page: Page): Promise<void> {
    mkdirSync(FOLDER, { recursive: true })
    for (const [settings, pictures] of this.#sheets) {
      await page.setContent(sheetOf(`${this.#page}: ${settings}`, pictures))
      const file = `${this.#page}, ${settings}.png`.replaceAll(/\W+(?=.*\.)/g, '-')
      await page.screenshot({ path: path.join(FOLDER, file), fullPage: true, timeout: LONGEST })
    }
  }
}

/** Nothing in it needs to be escaped: the captions are the tests' own. */
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
