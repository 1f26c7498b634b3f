using System.Collections;
using Callback.Web.Hosting;

namespace Callback.Web.Settings;

/// <summary>Reads the settings of this start: file, environment, command line, the later over the earlier.</summary>
internal static class SettingsLoader
{
    /// <exception cref="RefusalException">A setting is unknown or not allowed, or the configuration folder is missing.</exception>
    public static (CallbackSettings Settings, Surroundings Surroundings) Load(StartInput input)
    {
        var folder = Path.GetFullPath(input.Config ?? Environment.GetEnvironmentVariable("CALLBACK_CONFIG") ?? Places.ConfigFolder());
        if (!Directory.Exists(folder))
            throw new RefusalException($"There is no configuration folder {folder}. Name it with --config or CALLBACK_CONFIG.");
        var names = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => (string)variable.Key).Where(name => name != "CALLBACK_CONFIG");
        IEnumerable<SettingEntry> data = input.Data is null ? [] : [new SettingEntry("data", input.Data, "command line --data")];
        var settings = SettingsReader.Read(
            [
                new SettingEntry("data", input.Demo ? "data-demo" : "data", "default"),
                .. SettingSources.File(Path.Combine(folder, "callback.yaml")),
                .. SettingSources.Variables(Environment.GetEnvironmentVariable, names),
                .. SettingSources.Arguments(input.Set),
                .. data,
            ]);
        return (settings, new Surroundings(folder, Path.GetFullPath(settings.Data), settings.Environment == "Production", input.Demo));
    }
}
