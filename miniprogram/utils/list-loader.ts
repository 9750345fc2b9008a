import { failureOf, type Failure } from '../services/errors'
import { different } from './different'
import { tellSlow } from './slow'

export type ListRequest = 'refresh' | 'more'

/** What a list page says of its loading. */
export interface Loading {
  loadingMore: boolean
  /** it takes longer than three seconds */
  slow: boolean
  /** what could not be had, and why */
  failed: ListRequest | ''
  failure: Failure | null
}

export const idle: Loading = { loadingMore: false, slow: false, failed: '', failure: null }

/** Loads a list, a page at a time. A later request makes the reply to an earlier one moot. */
export class ListLoader {
  private shown = idle
  /** grows with every request, so that a late reply is known as such */
  private turn = 0
  private loading = false

  /** @param render is setData: what changes in the list and in its loading, in one go */
  constructor(private readonly render: (changes: object) => void) {}

  get busy(): boolean {
    return this.loading
  }

  /** What could not be had, to be tried again. */
  get unfinished(): ListRequest {
    return this.shown.failed || 'refresh'
  }

  /**
   * What is on screen stays meanwhile.
   * @param take takes in what was read, unless it came too late, and gives what changes on screen
   */
  async load<Found>(
    request: ListRequest,
    read: () => Promise<Found>,
    take: (found: Found) => object,
  ): Promise<void> {
    const turn = ++this.turn
    const ifCurrent = (act: () => void) => {
      if (turn === this.turn) act()
    }
    this.loading = true
    this.show({ ...idle, loadingMore: request === 'more' })
    try {
      const found = await tellSlow(read(), () => ifCurrent(() => this.show({ slow: true })))
      ifCurrent(() => this.show(idle, take(found)))
    } catch (error) {
      ifCurrent(() => this.show({ ...idle, failed: request, failure: failureOf(error) }))
    }
    ifCurrent(() => {
      this.loading = false
    })
  }

  /** The page is gone: from now on nothing is rendered. */
  stop(): void {
    this.turn++
  }

  /** Renders nothing that is on screen already. */
  private show(loading: Partial<Loading>, changes: object = {}): void {
    const news = { ...changes, ...different(this.shown, loading) }
    this.shown = { ...this.shown, ...loading }
    if (Object.keys(news).length > 0) this.render(news)
  }
}
