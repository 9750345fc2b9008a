import { type ShareCard, openShareCard } from '../frame/share-card'
import { openShareMenu } from '../frame/share-menu'
import type { ShareTarget } from './built-ins/button'
import { addressOf } from './built-ins/picture-address'
import { reportPageError } from './page-errors'
import type { PageView } from './router/page-view'
import { type Router, RouteError } from './router/router'

/** ms to wait for the `promise` of a card before the fields returned at once are used */
const PROMISE_TIMEOUT = 3000

/** The page function that describes the card, and its fields (WeChat's reference of Page). */
const HANDLER = 'onShareAppMessage'
const STRINGS = ['title', 'path', 'imageUrl']

/**
 * Opens the menu of the page on top, which offers to share it only with an onShareAppMessage.
 * @param name of the mini program, the default title of the card
 */
export async function openMenu(router: Router, name: string): Promise<void> {
  if (await openShareMenu(router.top.has(HANDLER))) await share(router, name, { from: 'menu' })
}

/** Handles a tap on `<button open-type="share">`: without onShareAppMessage it only reports an error. */
export async function shareByButton(
  router: Router,
  name: string,
  target: ShareTarget,
): Promise<void> {
  const { top } = router
  if (top.has(HANDLER)) await share(router, name, { from: 'button', target })
  else reportPageError(`${top.route} has no ${HANDLER}, so that its share button does nothing`)
}

async function share(router: Router, name: string, options: object): Promise<void> {
  const { top } = router
  const card = checkedCard(router, await contentOf(top.call(HANDLER, options), top), name)
  if (await openShareCard(card)) router.reLaunch(card.path)
}

/** Returns the card's fields: those that `promise` resolves with, or else those returned at once. */
async function contentOf(returned: unknown, { route }: PageView): Promise<object> {
  const content = objectOf(returned, route)
  const { promise, ...rest } = content as { promise?: unknown }
  if (!(promise instanceof Promise)) return content
  const timeout = new Promise<object>((resolve) => {
    setTimeout(() => resolve(rest), PROMISE_TIMEOUT)
  })
  try {
    return await Promise.race([promise.then((value) => objectOf(value, route)), timeout])
  } catch (error) {
    reportPageError(error, `${route} ${HANDLER}`)
    return rest
  }
}

function objectOf(value: unknown, route: string): object {
  if (typeof value === 'object' && value !== null && !(value instanceof Promise)) return value
  if (value !== undefined) reportPageError(`${HANDLER} must return an object`, route)
  return {}
}

/** Returns the card. Fields that WeChat would refuse are reported and replaced by their defaults. */
function checkedCard(router: Router, content: object, name: string): ShareCard {
  const { top } = router
  const refuse = (text: string) => reportPageError(`${HANDLER}: ${text}`, top.route)
  const given = new Map<string, string>()
  for (const [key, value] of Object.entries(content)) {
    if (!STRINGS.includes(key)) refuse(`WeChat does not know ${key}`)
    else if (typeof value !== 'string') refuse(`${key} must be a string`)
    else given.set(key, value)
  }
  const { route, search } = top.destination
  const own = `/${route}${search ? `?${search}` : ''}`
  const path = given.get('path') ?? own
  const problem = pathProblem(router, path)
  if (problem) refuse(problem)
  const imageUrl = given.get('imageUrl')
  return {
    title: given.get('title') ?? name,
    path: problem ? own : path,
    ...(imageUrl && { picture: addressOf(imageUrl, route) }),
  }
}

function pathProblem(router: Router, path: string): string | undefined {
  if (!path.startsWith('/')) return `path must begin with /: ${path}`
  try {
    router.destination(path)
    return undefined
  } catch (error) {
    if (error instanceof RouteError) return error.message
    throw error
  }
}
