import type { NavigatorTap } from './built-ins/navigator'
import { reportPageError } from './page-errors'
import { type Router, RouteError } from './router/router'

/** Navigates as a tapped `<navigator>` requests. A refused navigation is reported as a page error. */
export function followNavigator(router: Router, { openType, url, delta }: NavigatorTap): void {
  const moves: Record<string, () => void> = {
    navigate: () => router.navigateTo(url),
    redirect: () => router.redirectTo(url),
    reLaunch: () => router.reLaunch(url),
    switchTab: () => router.switchTab(url),
    navigateBack: () => router.navigateBack(delta),
  }
  const move = moves[openType]
  try {
    if (!move) throw new RouteError(`open-type ${openType} is not built into the simulator's phone`)
    move()
  } catch (error) {
    if (!(error instanceof RouteError)) throw error
    reportPageError(`navigator:fail ${error.message}`)
  }
}
