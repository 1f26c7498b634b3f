namespace Callback.Web.Components.Desk;

/// <summary>Why a card is skipped; texts <c>desk.skip.{code}</c>.</summary>
internal static class SkipReasons
{
    public static readonly IReadOnlyList<string> All = ["needs-preparation", "language", "known-customer", "data-wrong", "other"];
}
