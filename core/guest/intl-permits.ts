/** What a guest may see of `Intl`: rows as in the permit list of all else. It is hardened when first used. */
export const INTL_PERMITS: string = `
Intl: getCanonicalLocales supportedValuesOf NumberFormat Collator PluralRules RelativeTimeFormat ListFormat Locale DisplayNames Segmenter @@toStringTag
Intl.NumberFormat: prototype supportedLocalesOf
Intl.NumberFormat.prototype: constructor resolvedOptions formatToParts format formatRange formatRangeToParts @@toStringTag
Intl.Collator: prototype supportedLocalesOf
Intl.Collator.prototype: constructor resolvedOptions compare @@toStringTag
Intl.PluralRules: prototype supportedLocalesOf
Intl.PluralRules.prototype: constructor resolvedOptions select selectRange @@toStringTag
Intl.RelativeTimeFormat: prototype supportedLocalesOf
Intl.RelativeTimeFormat.prototype: constructor resolvedOptions format formatToParts @@toStringTag
Intl.ListFormat: prototype supportedLocalesOf
Intl.ListFormat.prototype: constructor resolvedOptions format formatToParts @@toStringTag
Intl.Locale: prototype
Intl.Locale.prototype: constructor toString maximize minimize language script region baseName calendar caseFirst collation firstDayOfWeek hourCycle numeric numberingSystem getCalendars getCollations getHourCycles getNumberingSystems getTimeZones getTextInfo getWeekInfo @@toStringTag
Intl.DisplayNames: prototype supportedLocalesOf
Intl.DisplayNames.prototype: constructor resolvedOptions of @@toStringTag
Intl.Segmenter: prototype supportedLocalesOf
Intl.Segmenter.prototype: constructor resolvedOptions segment @@toStringTag
%Segments%: containing @@iterator
%SegmentIterator%: next @@toStringTag
`.trim();
