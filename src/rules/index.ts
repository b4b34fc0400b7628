/** The list of all rules. A new rule is its own file and its name here. */
import { lexAssignmentOrPunctuation } from "./lex-assignment-or-punctuation.ts";
import { lexBackslashOutsideDefinition } from "./lex-backslash-outside-definition.ts";
import { lexBlockExtraWords } from "./lex-block-extra-words.ts";
import { lexBlockOnOneLine } from "./lex-block-on-one-line.ts";
import { lexBom } from "./lex-bom.ts";
import { lexBooleanValue } from "./lex-boolean-value.ts";
import { lexBuildOptionKeyword } from "./lex-build-option-keyword.ts";
import { lexCComment } from "./lex-c-comment.ts";
import { lexConditionComplementGap } from "./lex-condition-complement-gap.ts";
import { lexConditionOnBlockOpen } from "./lex-condition-on-block-open.ts";
import { lexConditionSyntax } from "./lex-condition-syntax.ts";
import { lexCrOnly } from "./lex-cr-only.ts";
import { lexDefineSyntax } from "./lex-define-syntax.ts";
import { lexDeprecatedKeyword } from "./lex-deprecated-keyword.ts";
import { lexDocumentedButWrong } from "./lex-documented-but-wrong.ts";
import { lexDuplicateBlock } from "./lex-duplicate-block.ts";
import { lexDuplicateKeyword } from "./lex-duplicate-keyword.ts";
import { lexEmptyBlock } from "./lex-empty-block.ts";
import { lexEmptyConfig } from "./lex-empty-config.ts";
import { lexExtraArguments } from "./lex-extra-arguments.ts";
import { lexExtraCloseBrace } from "./lex-extra-close-brace.ts";
import { lexHashOrBangInValue } from "./lex-hash-or-bang-in-value.ts";
import { lexIncludeCycleOrRelative } from "./lex-include-cycle-or-relative.ts";
import { lexIncludeDirectory } from "./lex-include-directory.ts";
import { lexIncludeNotFound } from "./lex-include-not-found.ts";
import { lexIncludeQuoted } from "./lex-include-quoted.ts";
import { lexIncludeWithVariableOrCondition } from "./lex-include-with-variable-or-condition.ts";
import { lexInvalidValue } from "./lex-invalid-value.ts";
import { lexKeywordCase } from "./lex-keyword-case.ts";
import { lexKeywordTooNew } from "./lex-keyword-too-new.ts";
import { lexKeywordWrongBlock } from "./lex-keyword-wrong-block.ts";
import { lexLineLost } from "./lex-line-lost.ts";
import { lexLineTooLong } from "./lex-line-too-long.ts";
import { lexMissingCloseBrace } from "./lex-missing-close-brace.ts";
import { lexMissingOpenBrace } from "./lex-missing-open-brace.ts";
import { lexMissingOpenBraceValueBlock } from "./lex-missing-open-brace-value-block.ts";
import { lexMissingValue } from "./lex-missing-value.ts";
import { lexNulByte } from "./lex-nul-byte.ts";
import { lexNumberFormat } from "./lex-number-format.ts";
import { lexSeqSyntax } from "./lex-seq-syntax.ts";
import { lexSingleQuotes } from "./lex-single-quotes.ts";
import { lexSlashSlashComment } from "./lex-slash-slash-comment.ts";
import { lexSmartQuotes } from "./lex-smart-quotes.ts";
import { lexUndefinedVariable } from "./lex-undefined-variable.ts";
import { lexUnexpectedOpenBrace } from "./lex-unexpected-open-brace.ts";
import { lexUnknownBlock } from "./lex-unknown-block.ts";
import { lexUnknownKeyword } from "./lex-unknown-keyword.ts";
import { lexUnmatchedQuote } from "./lex-unmatched-quote.ts";
import { lexUnquotedSpaces } from "./lex-unquoted-spaces.ts";
import { lexUtf16 } from "./lex-utf16.ts";
import { lexValueWithoutBlock } from "./lex-value-without-block.ts";
import { lexVariableNeedsBraces } from "./lex-variable-needs-braces.ts";
import { lintUnusedSilencer } from "./lint-unused-silencer.ts";
import type { Rule } from "./types.ts";
import { vrrpAdvertIntFractionV2 } from "./vrrp-advert-int-fraction-v2.ts";
import { vrrpAdvertIntLooksLikeCentiseconds } from "./vrrp-advert-int-looks-like-centiseconds.ts";
import { vrrpAdvertIntUnparsable } from "./vrrp-advert-int-unparsable.ts";
import { vrrpAdvertIntV3Range } from "./vrrp-advert-int-v3-range.ts";
import { vrrpAuthAh } from "./vrrp-auth-ah.ts";
import { vrrpAuthHmacInvalid } from "./vrrp-auth-hmac-invalid.ts";
import { vrrpAuthIgnoredV3 } from "./vrrp-auth-ignored-v3.ts";
import { vrrpAuthPassMissing } from "./vrrp-auth-pass-missing.ts";
import { vrrpAuthPassTooLong } from "./vrrp-auth-pass-too-long.ts";
import { vrrpAuthTrivial } from "./vrrp-auth-trivial.ts";
import { vrrpAuthTypeMissing } from "./vrrp-auth-type-missing.ts";
import { vrrpAuthTypeUnknown } from "./vrrp-auth-type-unknown.ts";
import { vrrpBoolArgumentIgnored } from "./vrrp-bool-argument-ignored.ts";
import { vrrpDeclaredAfterUse } from "./vrrp-declared-after-use.ts";
import { vrrpDontTrackPrimary } from "./vrrp-dont-track-primary.ts";
import { vrrpFifoNameShared } from "./vrrp-fifo-name-shared.ts";
import { vrrpGarpGroupIneffective } from "./vrrp-garp-group-ineffective.ts";
import { vrrpGarpValue } from "./vrrp-garp-value.ts";
import { vrrpInstanceNameDuplicate } from "./vrrp-instance-name-duplicate.ts";
import { vrrpInstanceNameMissing } from "./vrrp-instance-name-missing.ts";
import { vrrpInterfaceMissing } from "./vrrp-interface-missing.ts";
import { vrrpKeywordGlobalVsInstanceForm } from "./vrrp-keyword-global-vs-instance-form.ts";
import { vrrpLvsSyncdUnknownInstance } from "./vrrp-lvs-syncd-unknown-instance.ts";
import { vrrpNopreemptOwner } from "./vrrp-nopreempt-owner.ts";
import { vrrpNopreemptWithStateMaster } from "./vrrp-nopreempt-with-state-master.ts";
import { vrrpNotifyWithoutMail } from "./vrrp-notify-without-mail.ts";
import { vrrpPreemptDelayRange } from "./vrrp-preempt-delay-range.ts";
import { vrrpPreemptDelayWithNopreempt } from "./vrrp-preempt-delay-with-nopreempt.ts";
import { vrrpPreemptDelayWithStateMaster } from "./vrrp-preempt-delay-with-state-master.ts";
import { vrrpPriority255NotOwner } from "./vrrp-priority-255-not-owner.ts";
import { vrrpPriorityInvalid } from "./vrrp-priority-invalid.ts";
import { vrrpRelatedInstancesUnsynced } from "./vrrp-related-instances-unsynced.ts";
import { vrrpRouteInvalid } from "./vrrp-route-invalid.ts";
import { vrrpRuleWithoutPreference } from "./vrrp-rule-without-preference.ts";
import { vrrpScriptDuplicateName } from "./vrrp-script-duplicate-name.ts";
import { vrrpScriptIntervalUnit } from "./vrrp-script-interval-unit.ts";
import { vrrpScriptSecurityOff } from "./vrrp-script-security-off.ts";
import { vrrpScriptSecurityUser } from "./vrrp-script-security-user.ts";
import { vrrpScriptShellSyntax } from "./vrrp-script-shell-syntax.ts";
import { vrrpScriptSlowerThanInterval } from "./vrrp-script-slower-than-interval.ts";
import { vrrpScriptSymlinkedDirectory } from "./vrrp-script-symlinked-directory.ts";
import { vrrpScriptUnused } from "./vrrp-script-unused.ts";
import { vrrpScriptWeightRange } from "./vrrp-script-weight-range.ts";
import { vrrpSkipCheckAdvAddrOff } from "./vrrp-skip-check-adv-addr-off.ts";
import { vrrpStateInvalid } from "./vrrp-state-invalid.ts";
import { vrrpStateMasterWithoutPriority } from "./vrrp-state-master-without-priority.ts";
import { vrrpStateRepeated } from "./vrrp-state-repeated.ts";
import { vrrpStrictBlocksVip } from "./vrrp-strict-blocks-vip.ts";
import { vrrpStrictDropsFeature } from "./vrrp-strict-drops-feature.ts";
import { vrrpStrictFalseOldVersion } from "./vrrp-strict-false-old-version.ts";
import { vrrpStrictWithUnicastPeer } from "./vrrp-strict-with-unicast-peer.ts";
import { vrrpSyncMembershipBroken } from "./vrrp-sync-membership-broken.ts";
import { vrrpSyncOwnerMix } from "./vrrp-sync-owner-mix.ts";
import { vrrpSyncPrioritiesDiffer } from "./vrrp-sync-priorities-differ.ts";
import { vrrpTrackFileUndefined } from "./vrrp-track-file-undefined.ts";
import { vrrpTrackInterfaceSelf } from "./vrrp-track-interface-self.ts";
import { vrrpTrackSeveralOnOneLine } from "./vrrp-track-several-on-one-line.ts";
import { vrrpTrackUndefined } from "./vrrp-track-undefined.ts";
import { vrrpUnicastPeerInvalid } from "./vrrp-unicast-peer-invalid.ts";
import { vrrpUnicastPeerSelf } from "./vrrp-unicast-peer-self.ts";
import { vrrpUnicastPeerSeveralOnOneLine } from "./vrrp-unicast-peer-several-on-one-line.ts";
import { vrrpUnicastSrcMissing } from "./vrrp-unicast-src-missing.ts";
import { vrrpUnicastWithMulticastOption } from "./vrrp-unicast-with-multicast-option.ts";
import { vrrpUnicastWithoutPeers } from "./vrrp-unicast-without-peers.ts";
import { vrrpUseVmacProblem } from "./vrrp-use-vmac-problem.ts";
import { vrrpV6FirstVipNotLinkLocal } from "./vrrp-v6-first-vip-not-link-local.ts";
import { vrrpV6WithVersion2 } from "./vrrp-v6-with-version-2.ts";
import { vrrpVipDuplicate } from "./vrrp-vip-duplicate.ts";
import { vrrpVipFamilyMixed } from "./vrrp-vip-family-mixed.ts";
import { vrrpVipInStaticIpaddress } from "./vrrp-vip-in-static-ipaddress.ts";
import { vrrpVipInTwoInstances } from "./vrrp-vip-in-two-instances.ts";
import { vrrpVipInvalid } from "./vrrp-vip-invalid.ts";
import { vrrpVipIsOwnAddress } from "./vrrp-vip-is-own-address.ts";
import { vrrpVipLabelTooLong } from "./vrrp-vip-label-too-long.ts";
import { vrrpVipNetworkOrBroadcast } from "./vrrp-vip-network-or-broadcast.ts";
import { vrrpVipNoPrefix } from "./vrrp-vip-no-prefix.ts";
import { vrrpVipNone } from "./vrrp-vip-none.ts";
import { vrrpVipSeveralOnOneLine } from "./vrrp-vip-several-on-one-line.ts";
import { vrrpVipTooMany } from "./vrrp-vip-too-many.ts";
import { vrrpVridDuplicateOnInterface } from "./vrrp-vrid-duplicate-on-interface.ts";
import { vrrpVridMissingOrInvalid } from "./vrrp-vrid-missing-or-invalid.ts";
import { vrrpVridReusedOtherInterface } from "./vrrp-vrid-reused-other-interface.ts";
import { vrrpWeightInSyncGroupMember } from "./vrrp-weight-in-sync-group-member.ts";
import { vrrpWeightOnAddressOwner } from "./vrrp-weight-on-address-owner.ts";
import { vrrpWeightSaturates } from "./vrrp-weight-saturates.ts";
import { vrrpWeightedTrackWithNopreempt } from "./vrrp-weighted-track-with-nopreempt.ts";
import { vrrpWeightedTrackWithPreemptDelay } from "./vrrp-weighted-track-with-preempt-delay.ts";
import { xhAcceptOrStrictMismatch } from "./xh-accept-or-strict-mismatch.ts";
import { xhAddressFamilyFlip } from "./xh-address-family-flip.ts";
import { xhAdvertIntMismatchV2 } from "./xh-advert-int-mismatch-v2.ts";
import { xhAdvertIntMismatchV3 } from "./xh-advert-int-mismatch-v3.ts";
import { xhAuthDiffersBeyond8 } from "./xh-auth-differs-beyond-8.ts";
import { xhAuthMismatch } from "./xh-auth-mismatch.ts";
import { xhAuthOneSided } from "./xh-auth-one-sided.ts";
import { xhConfigIdMatchesNoHost } from "./xh-config-id-matches-no-host.ts";
import { xhDownTimerAdvertsMismatch } from "./xh-down-timer-adverts-mismatch.ts";
import { xhDualStackNotSynced } from "./xh-dual-stack-not-synced.ts";
import { xhExcludedVipMismatch } from "./xh-excluded-vip-mismatch.ts";
import { xhIdenticalFiles } from "./xh-identical-files.ts";
import { xhInstanceWithoutPeer } from "./xh-instance-without-peer.ts";
import { xhInterfaceCrossed } from "./xh-interface-crossed.ts";
import { xhMulticastGroupMismatch } from "./xh-multicast-group-mismatch.ts";
import { xhNopreemptInconsistent } from "./xh-nopreempt-inconsistent.ts";
import { xhNopreemptOnWrongHost } from "./xh-nopreempt-on-wrong-host.ts";
import { xhPriorityTie } from "./xh-priority-tie.ts";
import { xhStateMasterOnLowerPriority } from "./xh-state-master-on-lower-priority.ts";
import { xhSyncCrossedPriorities } from "./xh-sync-crossed-priorities.ts";
import { xhSyncGroupMembershipMismatch } from "./xh-sync-group-membership-mismatch.ts";
import { xhTrackingMissingOnHost } from "./xh-tracking-missing-on-host.ts";
import { xhTwoAddressOwners } from "./xh-two-address-owners.ts";
import { xhUnicastPartialMesh } from "./xh-unicast-partial-mesh.ts";
import { xhUnicastPeerMissing } from "./xh-unicast-peer-missing.ts";
import { xhUnicastPeerUnknownHost } from "./xh-unicast-peer-unknown-host.ts";
import { xhUnicastSrcNotListedByPeer } from "./xh-unicast-src-not-listed-by-peer.ts";
import { xhUnicastSrcSwapped } from "./xh-unicast-src-swapped.ts";
import { xhUnicastVsMulticast } from "./xh-unicast-vs-multicast.ts";
import { xhV3ChecksumModeMismatch } from "./xh-v3-checksum-mode-mismatch.ts";
import { xhVersionMismatch } from "./xh-version-mismatch.ts";
import { xhVersionSkewKeyword } from "./xh-version-skew-keyword.ts";
import { xhVipExcludedPlacement } from "./xh-vip-excluded-placement.ts";
import { xhVipIsPeerHostAddress } from "./xh-vip-is-peer-host-address.ts";
import { xhVipOwnedByTwoVrids } from "./xh-vip-owned-by-two-vrids.ts";
import { xhVipPrefixMismatch } from "./xh-vip-prefix-mismatch.ts";
import { xhVipSetMismatch } from "./xh-vip-set-mismatch.ts";
import { xhVirtualRoutesMismatch } from "./xh-virtual-routes-mismatch.ts";
import { xhVmacMismatch } from "./xh-vmac-mismatch.ts";
import { xhVridMismatch } from "./xh-vrid-mismatch.ts";
import { xhVridSwapped } from "./xh-vrid-swapped.ts";
import { xhVridUsedByOtherCluster } from "./xh-vrid-used-by-other-cluster.ts";
import { xhWeightBlockedByNopreempt } from "./xh-weight-blocked-by-nopreempt.ts";
import { xhWeightCannotChangeMaster } from "./xh-weight-cannot-change-master.ts";
import { xhWeightDelayedByPreemptDelay } from "./xh-weight-delayed-by-preempt-delay.ts";
import { xhWeightInvertsHealthyOrder } from "./xh-weight-inverts-healthy-order.ts";
import { xhWeightInvertsWhenAllFail } from "./xh-weight-inverts-when-all-fail.ts";

/** The language: how a line is written. */
const lexicalRules: readonly Rule[] = [
  lexAssignmentOrPunctuation,
  lexBackslashOutsideDefinition,
  lexBlockExtraWords,
  lexBlockOnOneLine,
  lexBom,
  lexBooleanValue,
  lexBuildOptionKeyword,
  lexCComment,
  lexConditionComplementGap,
  lexConditionOnBlockOpen,
  lexConditionSyntax,
  lexCrOnly,
  lexDefineSyntax,
  lexDeprecatedKeyword,
  lexDocumentedButWrong,
  lexDuplicateBlock,
  lexDuplicateKeyword,
  lexEmptyBlock,
  lexEmptyConfig,
  lexExtraArguments,
  lexExtraCloseBrace,
  lexHashOrBangInValue,
  lexIncludeCycleOrRelative,
  lexIncludeDirectory,
  lexIncludeNotFound,
  lexIncludeQuoted,
  lexIncludeWithVariableOrCondition,
  lexInvalidValue,
  lexKeywordCase,
  lexKeywordTooNew,
  lexKeywordWrongBlock,
  lexLineLost,
  lexLineTooLong,
  lexMissingCloseBrace,
  lexMissingOpenBrace,
  lexMissingOpenBraceValueBlock,
  lexMissingValue,
  lexNulByte,
  lexNumberFormat,
  lexSeqSyntax,
  lexSingleQuotes,
  lexSlashSlashComment,
  lexSmartQuotes,
  lexUndefinedVariable,
  lexUnexpectedOpenBrace,
  lexUnknownBlock,
  lexUnknownKeyword,
  lexUnmatchedQuote,
  lexUnquotedSpaces,
  lexUtf16,
  lexValueWithoutBlock,
  lexVariableNeedsBraces,
];

/** One host: what its file says about its virtual routers. */
const vrrpRules: readonly Rule[] = [
  vrrpAdvertIntFractionV2,
  vrrpAdvertIntLooksLikeCentiseconds,
  vrrpAdvertIntUnparsable,
  vrrpAdvertIntV3Range,
  vrrpAuthAh,
  vrrpAuthHmacInvalid,
  vrrpAuthIgnoredV3,
  vrrpAuthPassMissing,
  vrrpAuthPassTooLong,
  vrrpAuthTrivial,
  vrrpAuthTypeMissing,
  vrrpAuthTypeUnknown,
  vrrpBoolArgumentIgnored,
  vrrpDeclaredAfterUse,
  vrrpDontTrackPrimary,
  vrrpFifoNameShared,
  vrrpGarpGroupIneffective,
  vrrpGarpValue,
  vrrpInstanceNameDuplicate,
  vrrpInstanceNameMissing,
  vrrpInterfaceMissing,
  vrrpKeywordGlobalVsInstanceForm,
  vrrpLvsSyncdUnknownInstance,
  vrrpNopreemptOwner,
  vrrpNopreemptWithStateMaster,
  vrrpNotifyWithoutMail,
  vrrpPreemptDelayRange,
  vrrpPreemptDelayWithNopreempt,
  vrrpPreemptDelayWithStateMaster,
  vrrpPriority255NotOwner,
  vrrpPriorityInvalid,
  vrrpRelatedInstancesUnsynced,
  vrrpRouteInvalid,
  vrrpRuleWithoutPreference,
  vrrpScriptDuplicateName,
  vrrpScriptIntervalUnit,
  vrrpScriptSecurityOff,
  vrrpScriptSecurityUser,
  vrrpScriptShellSyntax,
  vrrpScriptSlowerThanInterval,
  vrrpScriptSymlinkedDirectory,
  vrrpScriptUnused,
  vrrpScriptWeightRange,
  vrrpSkipCheckAdvAddrOff,
  vrrpStateInvalid,
  vrrpStateMasterWithoutPriority,
  vrrpStateRepeated,
  vrrpStrictBlocksVip,
  vrrpStrictDropsFeature,
  vrrpStrictFalseOldVersion,
  vrrpStrictWithUnicastPeer,
  vrrpSyncMembershipBroken,
  vrrpSyncOwnerMix,
  vrrpSyncPrioritiesDiffer,
  vrrpTrackFileUndefined,
  vrrpTrackInterfaceSelf,
  vrrpTrackSeveralOnOneLine,
  vrrpTrackUndefined,
  vrrpUnicastPeerInvalid,
  vrrpUnicastPeerSelf,
  vrrpUnicastPeerSeveralOnOneLine,
  vrrpUnicastSrcMissing,
  vrrpUnicastWithMulticastOption,
  vrrpUnicastWithoutPeers,
  vrrpUseVmacProblem,
  vrrpV6FirstVipNotLinkLocal,
  vrrpV6WithVersion2,
  vrrpVipDuplicate,
  vrrpVipFamilyMixed,
  vrrpVipInStaticIpaddress,
  vrrpVipInTwoInstances,
  vrrpVipInvalid,
  vrrpVipIsOwnAddress,
  vrrpVipLabelTooLong,
  vrrpVipNetworkOrBroadcast,
  vrrpVipNone,
  vrrpVipNoPrefix,
  vrrpVipSeveralOnOneLine,
  vrrpVipTooMany,
  vrrpVridDuplicateOnInterface,
  vrrpVridMissingOrInvalid,
  vrrpVridReusedOtherInterface,
  vrrpWeightedTrackWithNopreempt,
  vrrpWeightedTrackWithPreemptDelay,
  vrrpWeightInSyncGroupMember,
  vrrpWeightOnAddressOwner,
  vrrpWeightSaturates,
];

/** Across hosts: what the files together do. */
const crossHostRules: readonly Rule[] = [
  xhAcceptOrStrictMismatch,
  xhAddressFamilyFlip,
  xhAdvertIntMismatchV2,
  xhAdvertIntMismatchV3,
  xhAuthDiffersBeyond8,
  xhAuthMismatch,
  xhAuthOneSided,
  xhConfigIdMatchesNoHost,
  xhDownTimerAdvertsMismatch,
  xhDualStackNotSynced,
  xhExcludedVipMismatch,
  xhIdenticalFiles,
  xhInstanceWithoutPeer,
  xhInterfaceCrossed,
  xhMulticastGroupMismatch,
  xhNopreemptInconsistent,
  xhNopreemptOnWrongHost,
  xhPriorityTie,
  xhStateMasterOnLowerPriority,
  xhSyncCrossedPriorities,
  xhSyncGroupMembershipMismatch,
  xhTrackingMissingOnHost,
  xhTwoAddressOwners,
  xhUnicastPartialMesh,
  xhUnicastPeerMissing,
  xhUnicastPeerUnknownHost,
  xhUnicastSrcNotListedByPeer,
  xhUnicastSrcSwapped,
  xhUnicastVsMulticast,
  xhV3ChecksumModeMismatch,
  xhVersionMismatch,
  xhVersionSkewKeyword,
  xhVipExcludedPlacement,
  xhVipIsPeerHostAddress,
  xhVipOwnedByTwoVrids,
  xhVipPrefixMismatch,
  xhVipSetMismatch,
  xhVirtualRoutesMismatch,
  xhVmacMismatch,
  xhVridMismatch,
  xhVridSwapped,
  xhVridUsedByOtherCluster,
  xhWeightBlockedByNopreempt,
  xhWeightCannotChangeMaster,
  xhWeightDelayedByPreemptDelay,
  xhWeightInvertsHealthyOrder,
  xhWeightInvertsWhenAllFail,
];

export const rules: readonly Rule[] = [...lexicalRules, ...vrrpRules, ...crossHostRules, lintUnusedSilencer];

const byId: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

/** The rule of this id, if there is one. */
export function findRule(id: string): Rule | undefined {
  return byId.get(id);
}
