import type { ThemeConfig } from 'antd'
import { colour, font, size } from '#web/parts/theme.ts'

/** Ant Design takes its looks from the tokens. Its own red, orange and green are put out: they belong to risk alone. */
export const antTheme: ThemeConfig = {
  token: {
    colorPrimary: colour.accent,
    colorLink: colour.accent,
    colorInfo: colour.accent,
    colorSuccess: colour.accent,
    colorWarning: colour.inkSoft,
    colorError: colour.refusal,
    colorText: colour.ink,
    colorTextSecondary: colour.inkSoft,
    // Ant's own greys are too faint on white (WCAG 1.4.3).
    colorTextDescription: colour.inkSoft,
    colorTextPlaceholder: colour.inkSoft,
    colorBorder: colour.lineStrong,
    colorBorderSecondary: colour.line,
    colorBgLayout: colour.ground,
    fontFamily: font,
    fontSize: size.table,
    fontSizeLG: size.form,
    fontSizeHeading3: size.heading,
    borderRadius: size.radius,
    borderRadiusLG: size.radius,
    boxShadowSecondary: `0 2px 8px ${colour.line}`,
    motionDurationMid: '0.1s',
    motionDurationSlow: '0.15s',
  },
  components: {
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    Form: { labelFontSize: size.table, itemMarginBottom: size.grid * 2, verticalLabelPadding: '0 0 4px' },
  },
}
