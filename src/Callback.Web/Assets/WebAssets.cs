using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Callback.Web.Assets;

/// <summary>
/// The files under wwwroot, carried inside the assembly. Their address begins with a hash over all of them, so that a browser may keep them
/// for ever and a new version of the program is never shown with old styles: <c>/assets/{hash}/css/app.css</c>.
/// </summary>
internal sealed class WebAssets
{
    private const string Prefix = "wwwroot/";

    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".wav"] = "audio/wav",
        [".woff2"] = "font/woff2",
    }.ToFrozenDictionary();

    private readonly FrozenDictionary<string, WebAsset> files;

    public WebAssets()
    {
        var assembly = typeof(WebAssets).Assembly;
        files = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Prefix.Length..], name => new WebAsset(name, Read(assembly, name)), StringComparer.Ordinal);
        Version = HashOf(files);
    }

    public string Version { get; }

    public bool Has(string path) => files.ContainsKey(path);

    /// <exception cref="InvalidOperationException">There is no such file: a mistake in a component.</exception>
    public string Url(string path) =>
        files.ContainsKey(path) ? $"/assets/{Version}/{path}" : throw new InvalidOperationException($"There is no asset '{path}' under wwwroot.");

    /// <summary>Another version's address is answered with today's file, but not kept: a page of the old version may still be open.</summary>
    public IResult Serve(HttpContext context, string version, string path)
    {
        if (!files.TryGetValue(path, out var file) || !ContentTypes.TryGetValue(Path.GetExtension(path), out var type))
            return Results.NotFound();
        var headers = context.Response.Headers;
        headers.CacheControl = version == Version ? "public, max-age=31536000, immutable" : "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        if (!AcceptsGzip(context.Request) || file.Compressed is not { } compressed)
            return Results.Bytes(file.Content, type, entityTag: file.Tag);
        headers.ContentEncoding = "gzip";
        return Results.Bytes(compressed, type, entityTag: file.CompressedTag);
    }

    private static bool AcceptsGzip(HttpRequest request) =>
        request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);

    private static byte[] Read(Assembly assembly, string name)
    {
        using var source = assembly.GetManifestResourceStream(name)!;
        using var buffer = new MemoryStream();
        source.CopyTo(buffer);
        return buffer.ToArray();
    }

    private static string HashOf(IReadOnlyDictionary<string, WebAsset> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(file.Key));
            hash.AppendData(file.Value.Content);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    private sealed class WebAsset(string name, byte[] content)
    {
        private readonly Lazy<byte[]?> compressed = new(() => name.EndsWith(".woff2", StringComparison.Ordinal) ? null : Compress(content));

        public byte[] Content => content;

        public byte[]? Compressed => compressed.Value;

        public EntityTagHeaderValue Tag { get; } = new($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\"");

        public EntityTagHeaderValue CompressedTag => new($"{Tag.Tag.ToString()[..^1]}-gz\"");

        private static byte[] Compress(byte[] content)
        {
            using var buffer = new MemoryStream();
            using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal))
                gzip.Write(content);
            return buffer.ToArray();
        }
    }
}
