/** The console's icons; hidden from screen readers, because each stands beside words. */
import type { ReactNode } from 'react';

interface Size {
  /** In CSS pixels. */
  readonly size?: number;
}

const Sign = ({ size = 24, children }: Size & { readonly children: ReactNode }) => (
  <svg
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.9"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    {children}
  </svg>
);

export const AlarmSign = ({ size = 24 }: Size) => (
  <Sign size={size}>
    <path d="M12 3.4 22 20.6H2z" />
    <path d="M12 10v4.6M12 17.4v.2" strokeWidth="2.3" />
  </Sign>
);
export const LookSign = ({ size = 24 }: Size) => (
  <Sign size={size}>
    <path d="M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12z" />
    <circle cx="12" cy="12" r="3" />
  </Sign>
);
export const VisitSign = ({ size = 24 }: Size) => (
  <Sign size={size}>
    <path d="M4 11.2 12 4l8 7.2" />
    <path d="M6 9.8V20h12V9.8" />
    <path d="M10 20v-5.4h4V20" />
  </Sign>
);
export const HomesSign = ({ size = 24 }: Size) => (
  <Sign size={size}>
    <path d="M2.5 12.4 8 7.4l5.5 5M4.2 11v8.5h7.6V11" />
    <path d="M12.5 8 16 4.8l5.5 5M19.8 8.5v11h-4.5" />
  </Sign>
);
export const WatchSign = ({ size = 24 }: Size) => (
  <Sign size={size}>
    <path d="M15.8 3.6a8.8 8.8 0 1 0 5 11.6 7.2 7.2 0 0 1-5-11.6z" />
  </Sign>
);
export const SearchSign = ({ size = 24 }: Size) => (
  <Sign size={size}>
    <circle cx="10.5" cy="10.5" r="6.5" />
    <path d="m15.5 15.5 5.5 5.5" />
  </Sign>
);
export const PlanSign = ({ size = 24 }: Size) => (
  <Sign size={size}>
    <path d="M6 3.5h9l3.5 3.5v13.5H6z" />
    <path d="M9 11h6.5M9 15h6.5" />
  </Sign>
);
export const LogSign = ({ size = 24 }: Size) => (
  <Sign size={size}>
    <path d="M9.5 14.5 14.5 9.5" />
    <path d="M11 7.2 13 5.2a4 4 0 0 1 5.8 5.8l-2 2M13 16.8l-2 2A4 4 0 0 1 5.2 13l2-2" />
  </Sign>
);
export const WellSign = ({ size = 24 }: Size) => (
  <Sign size={size}>
    <path d="m4.5 12.5 5 5 10-11" strokeWidth="2.4" />
  </Sign>
);
export const UnseenSign = ({ size = 24 }: Size) => (
  <Sign size={size}>
    <path d="M4 4l16 16" />
    <path d="M9.5 5.8A10 10 0 0 1 12 5.5C18.4 5.5 22 12 22 12a17 17 0 0 1-3.2 3.9M6 7.8A16 16 0 0 0 2 12s3.6 6.5 10 6.5a9.9 9.9 0 0 0 4-.8" />
  </Sign>
);
export const HelpSign = ({ size = 24 }: Size) => (
  <Sign size={size}>
    <path d="M12 4.5v15M4.5 12h15" strokeWidth="2.8" />
  </Sign>
);
export const SoundSign = ({ size = 24 }: Size) => (
  <Sign size={size}>
    <path d="M4 9.5v5h3.5l4.5 4v-13l-4.5 4z" />
    <path d="M15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11" />
  </Sign>
);
export const SilentSign = ({ size = 24 }: Size) => (
  <Sign size={size}>
    <path d="M4 9.5v5h3.5l4.5 4v-13l-4.5 4z" />
    <path d="m16 9.5 5 5m0-5-5 5" />
  </Sign>
);
export const PersonSign = ({ size = 24 }: Size) => (
  <Sign size={size}>
    <circle cx="12" cy="8" r="3.8" />
    <path d="M4.8 20a7.3 7.3 0 0 1 14.4 0" />
  </Sign>
);
export const LinkSign = ({ size = 24 }: Size) => (
  <Sign size={size}>
    <path d="M3.5 9.5a13 13 0 0 1 17 0M6.8 13.2a8 8 0 0 1 10.4 0M10 16.8a3.2 3.2 0 0 1 4 0" />
    <path d="M12 20v.1" strokeWidth="2.6" />
  </Sign>
);
export const KeySign = ({ size = 24 }: Size) => (
  <Sign size={size}>
    <circle cx="8" cy="15.5" r="4.5" />
    <path d="M11.3 12.2 20 3.5M16.2 7.3l3 3M13.6 9.9l2 2" />
  </Sign>
);
export const BackSign = ({ size = 24 }: Size) => (
  <Sign size={size}>
    <path d="M19 12H5.5m6-6.5-6.5 6.5 6.5 6.5" />
  </Sign>
);

/** The moon over the horizon, large, for a watch on which nothing waits. */
export const Moon = () => (
  <svg width="300" height="220" viewBox="0 0 300 220" aria-hidden="true" focusable="false">
    <defs>
      <radialGradient id="moonlight">
        <stop offset="0.3" stopColor="var(--cool-fill)" stopOpacity="0.26" />
        <stop offset="1" stopColor="var(--cool-fill)" stopOpacity="0" />
      </radialGradient>
    </defs>
    <circle cx="180" cy="92" r="92" fill="url(#moonlight)" />
    <path d="M186 44a50 50 0 1 0 34 70 42 42 0 0 1-34-70z" fill="var(--cool)" />
    <path d="M0 220c34-26 70-38 112-32s96 12 188-12v44z" fill="var(--ground)" opacity="0.75" />
    <path d="M60 187v-22l16-13 16 13v20" fill="var(--ground)" opacity="0.95" />
    <rect x="71" y="168" width="9" height="9" rx="1.5" fill="var(--warm-fill)" opacity="0.9" />
  </svg>
);

export const Mark = ({ size = 30 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <path d="M20 4.5a9.6 9.6 0 1 0 6.4 13.4A8 8 0 0 1 20 4.5z" fill="var(--cool)" />
    <path d="M3.5 28h25" stroke="var(--ink-3)" strokeWidth="2" strokeLinecap="round" />
  </svg>
);
export const MoreSign = ({ size = 24 }: Size) => (
  <Sign size={size}>
    <path d="M5 12h.2M12 12h.2M19 12h.2" strokeWidth="3.4" />
  </Sign>
);
export const CheckSign = ({ size = 24 }: Size) => (
  <Sign size={size}>
    <path d="M4 12.5 9.5 18 20 6.5" strokeWidth="2.3" />
  </Sign>
);
export const FiguresSign = ({ size = 24 }: Size) => (
  <Sign size={size}>
    <path d="M4 20V11M10 20V4M16 20v-6M21 20H3" />
  </Sign>
);
