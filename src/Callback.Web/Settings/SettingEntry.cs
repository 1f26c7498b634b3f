namespace Callback.Web.Settings;

/// <summary>One setting as it was written somewhere.</summary>
/// <param name="Key">The path with dots: <c>database.poolSize</c>.</param>
/// <param name="Value">As text; a list joined by ';'.</param>
/// <param name="Origin">Where it was written, for the message: a file and line, a variable, the command line.</param>
internal sealed record SettingEntry(string Key, string Value, string Origin);
