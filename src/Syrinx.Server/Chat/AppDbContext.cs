using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Syrinx.Search;
using Syrinx.Server.OpenAi;

namespace Syrinx.Server.Chat;

/// <summary>How conversations lie in the tables that <see cref="AppDb"/> creates.</summary>
internal sealed class AppDbContext(DbContextOptions<AppDbContext> options) : DbContext(options)
{
    public DbSet<Conversation> Conversations => Set<Conversation>();

    public DbSet<ConversationMessage> Messages => Set<ConversationMessage>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTime>().HaveConversion<UnixMilliseconds>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Conversation>(table =>
        {
            table.ToTable("conversations").HasKey(c => c.Id);
            table.Property(c => c.Id).HasColumnName("id");
            table.Property(c => c.Owner).HasColumnName("owner");
            table.Property(c => c.Title).HasColumnName("title");
            table.Property(c => c.CreatedAt).HasColumnName("created_at");
            table.Property(c => c.UpdatedAt).HasColumnName("updated_at");
            table.HasMany(c => c.Messages).WithOne().HasForeignKey(m => m.ConversationId);
        });
        modelBuilder.Entity<ConversationMessage>(table =>
        {
            table.ToTable("messages").HasKey(m => m.Id);
            table.Property(m => m.Id).HasColumnName("id");
            table.Property(m => m.ConversationId).HasColumnName("conversation_id");
            table.Property(m => m.Role).HasColumnName("role");
            table.Property(m => m.Text).HasColumnName("text");
            table.Property(m => m.Answer).HasColumnName("answer").HasConversion(new Json<Answer>());
            table.Property(m => m.ModelText).HasColumnName("model_text");
            table.Property(m => m.Model).HasColumnName("model");
            table.Property(m => m.Stopped).HasColumnName("stopped");
            table.Property(m => m.CreatedAt).HasColumnName("created_at");
        });
    }

    private sealed class UnixMilliseconds() : ValueConverter<DateTime, long>(
        time => new DateTimeOffset(time).ToUnixTimeMilliseconds(),
        value => DateTimeOffset.FromUnixTimeMilliseconds(value).UtcDateTime);

    private sealed class Json<T>() : ValueConverter<T?, string?>(
        value => JsonSerializer.Serialize(value, ApiJson.Options), json => JsonSerializer.Deserialize<T>(json!, ApiJson.Options));
}
