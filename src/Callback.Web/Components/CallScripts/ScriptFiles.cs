using System.IO.Compression;
using System.Text;
using Callback.CallScripts;
using Callback.CallScripts.Editing;

namespace Callback.Web.Components.CallScripts;

/// <summary>Scripts as files: a zip with <c>zh-CN/name.yaml</c> and <c>en/name.yaml</c>, as a pack's folder has them.</summary>
internal static class ScriptFiles
{
    private const int MostBytes = 4 * ShopScriptPolicy.LongestText;

    public static byte[] Zip(string name, ScriptTexts texts)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, $"zh-CN/{name}.yaml", texts.Zh);
            Add(zip, $"en/{name}.yaml", texts.En);
        }
        return memory.ToArray();
    }

    /// <summary>From a zip, or from two files that say which is which by their field.</summary>
    /// <returns>Null: what was sent is not both texts.</returns>
    public static async Task<ScriptTexts?> ReadAsync(IFormFile? zip, IFormFile? zh, IFormFile? en, CancellationToken ct)
    {
        if (zip is { Length: > 0 })
            return FromZip(zip);
        if (zh is not { Length: > 0 and < MostBytes } || en is not { Length: > 0 and < MostBytes })
            return null;
        return new(await TextAsync(zh.OpenReadStream(), ct), await TextAsync(en.OpenReadStream(), ct));
    }

    private static ScriptTexts? FromZip(IFormFile file)
    {
        try
        {
            using var zip = new ZipArchive(file.OpenReadStream(), ZipArchiveMode.Read);
            return (Only(zip, "zh-CN"), Only(zip, "en")) is ({ } zh, { } en) ? new(zh, en) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The one YAML file in the language's folder; its unpacked size is cut, whatever the archive claims.</summary>
    private static string? Only(ZipArchive zip, string language)
    {
        var found = zip.Entries.Where(entry => entry.FullName.Replace('\\', '/').Split('/') is [.., var folder, var name]
            && folder == language && name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) && !name.StartsWith('_')).ToList();
        if (found.Count != 1)
            return null;
        using var stream = found[0].Open();
        var bytes = new byte[MostBytes];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length == bytes.Length ? null : Decode(bytes.AsSpan(..length));
    }

    private static async Task<string> TextAsync(Stream stream, CancellationToken ct)
    {
        await using (stream)
        {
            using var memory = new MemoryStream();
            await stream.CopyToAsync(memory, ct);
            return Decode(memory.ToArray());
        }
    }

    private static string Decode(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').ReplaceLineEndings("\n");

    private static void Add(ZipArchive zip, string name, string text)
    {
        using var stream = zip.CreateEntry(name).Open();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }
}
