namespace Callback;

/// <summary>Where the program stands: its folders and how it was started.</summary>
/// <param name="ConfigFolder">The folder of policies, call scripts, order formats; an absolute path.</param>
/// <param name="DataFolder">The folder the program may write to; an absolute path.</param>
/// <param name="Production">Real customers: no moved clock, no policy <c>none</c>, logs as JSON.</param>
/// <param name="Demo">Started as a demonstration with invented orders.</param>
public sealed record Surroundings(string ConfigFolder, string DataFolder, bool Production, bool Demo);
