namespace Callback.Practice.Reading;

/// <summary>Parts that the files of customers and courses have in common.</summary>
internal static class PracticeParts
{
    /// <summary>The file's own name, stated in it.</summary>
    public static string? Id(YamlMap map, string key)
    {
        if (map.Text(key, required: true) is not { } stated)
            return null;
        if (stated.Value != Path.GetFileNameWithoutExtension(map.File.Name))
            map.File.Error(stated.Line, $"'{key}' is '{stated.Value}', but the file is called {Path.GetFileName(map.File.Name)}");
        return stated.Value;
    }

    public static Label? Label(YamlMap map, string key)
    {
        if (map.Map(key, required: true) is not { } texts)
            return null;
        texts.Only("en", "zh");
        return texts.Text("en", required: true) is { } en && texts.Text("zh", required: true) is { } zh ? new(en.Value, zh.Value) : null;
    }
}
