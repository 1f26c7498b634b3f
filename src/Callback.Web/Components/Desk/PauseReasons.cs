namespace Callback.Web.Components.Desk;

/// <summary>Why an agent pauses; texts <c>desk.pause.{code}</c>.</summary>
internal static class PauseReasons
{
    public static readonly IReadOnlyList<string> All = ["break", "meal", "meeting", "training", "technical", "other"];
}
