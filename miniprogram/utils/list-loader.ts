import { failureOf, type Failure } from '../services/errors'
import { changedFields } from './changed-fields'
import { notifyWhenSlow } from './slow'

export type ListRequest = 'refresh' | 'more'

/** The loading state that a list page shows. */
export interface Loading {
  loadingMore: boolean
  /** loading takes longer than three seconds */
  slow: boolean
  /** the last request, when it failed */
  failed: ListRequest | ''
  failure: Failure | null
}

export const IDLE: Loading = { loadingMore: false, slow: false, failed: '', failure: null }

/** Loads a list, a page at a time. The reply to a request is dropped when a later request was made. */
export class ListLoader {
  private shown = IDLE
  /** grows with every request, to recognise a late reply */
  private latestRequest = 0
  private loading = false

  /** @param render is setData: it receives all changes of the list and of its loading state at once */
  constructor(private readonly render: (changes: object) => void) {}

  get busy(): boolean {
    return this.loading
  }

  /** The request to retry. */
  get unfinished(): ListRequest {
    return this.shown.failed || 'refresh'
  }

  /**
   * Reads a page and renders it. The screen keeps its content meanwhile.
   * @param changesFor stores the result, unless it came too late, and returns what changes on screen
   */
  async load<Found>(
    request: ListRequest,
    read: () => Promise<Found>,
    changesFor: (found: Found) => object,
  ): Promise<void> {
    const number = ++this.latestRequest
    const ifCurrent = (act: () => void) => {
      if (number === this.latestRequest) act()
    }
    this.loading = true
    this.show({ ...IDLE, loadingMore: request === 'more' })
    try {
      const found = await notifyWhenSlow(read(), () => ifCurrent(() => this.show({ slow: true })))
      ifCurrent(() => this.show(IDLE, changesFor(found)))
    } catch (error) {
      ifCurrent(() => this.show({ ...IDLE, failed: request, failure: failureOf(error) }))
    }
    ifCurrent(() => {
      this.loading = false
    })
  }

  /** Stops all rendering: the page is closed. */
  stop(): void {
    this.latestRequest++
  }

  /** Renders only what is not on screen already. */
  private show(loading: Partial<Loading>, changes: object = {}): void {
    const changed = { ...changes, ...changedFields(this.shown, loading) }
    this.shown = { ...this.shown, ...loading }
    if (Object.keys(changed).length > 0) this.render(changed)
  }
}
