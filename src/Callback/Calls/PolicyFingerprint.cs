using System.Security.Cryptography;
using System.Text;
using Callback.Windows;

namespace Callback.Calls;

/// <summary>A short name for the hours a gate went by, so that a later proof replays it only against the same hours.</summary>
internal static class PolicyFingerprint
{
    public static string Of(EffectivePolicy policy)
    {
        var text = new StringBuilder()
            .Append(policy.Preset).Append(policy.Calendar?.Name).Append(policy.LegalHours).Append(policy.StartGuard);
        foreach (var kind in Enum.GetValues<DayKind>())
            foreach (var day in Enum.GetValues<DayOfWeek>())
                text.Append(policy.Week[day, kind]).Append(';');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }
}
